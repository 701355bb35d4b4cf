//! `render_many`: the one scheduler, shared by the command line, the bindings and the service.
//! Lazy, ordered, bounded; an error belongs to its item and ends nothing.
#![expect(
    clippy::disallowed_methods,
    reason = "the one place that starts threads, as many as the caller says, gone when it returns"
)]

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError, mpsc};

use crate::context::CardKind;
use crate::error::Result;
use crate::image::Assets;
use crate::renderer::{Card, RenderOptions, Renderer};
use crate::summary::Summary;

/// One person's cards to render.
#[derive(Clone, Debug)]
pub struct Job {
    /// The summary.
    pub summary: Summary,
    /// Its images.
    pub assets: Assets,
    /// Which cards, in this order.
    pub cards: Vec<CardKind>,
    /// How.
    pub options: RenderOptions,
}

/// Jobs that may be finished and waiting for an earlier one, for each thread: enough to keep
/// threads busy behind a slow item, few enough that memory stays flat.
const AHEAD: usize = 4;

struct Shared<I> {
    jobs: I,
    taken: usize,
    delivered: usize,
    stop: bool,
}

impl Renderer {
    /// Renders jobs on `threads` threads and hands the results on in order.
    ///
    /// Jobs are taken from the iterator as they are needed; at most a few for each thread are in
    /// flight. `deliver` runs on the calling thread with the job's number from 0; it ends the run
    /// early with [`ControlFlow::Break`].
    pub fn render_many<I>(
        &self,
        jobs: I,
        threads: usize,
        mut deliver: impl FnMut(usize, Result<Vec<Card>>) -> ControlFlow<()>,
    ) where
        I: Iterator<Item = Job> + Send,
    {
        let threads = threads.max(1);
        let shared = Mutex::new(Shared { jobs, taken: 0, delivered: 0, stop: false });
        let room = Condvar::new();
        let (sender, results) = mpsc::channel();
        std::thread::scope(|scope| {
            for _ in 0..threads {
                let (sender, shared, room) = (sender.clone(), &shared, &room);
                scope.spawn(move || {
                    let mut worker = self.worker();
                    while let Some((index, job)) = take(shared, room, threads * AHEAD) {
                        let cards = job.cards.iter().map(|&card| {
                            worker.render(&job.summary, &job.assets, card, &job.options)
                        });
                        if sender.send((index, cards.collect())).is_err() {
                            return;
                        }
                    }
                });
            }
            drop(sender);
            let mut waiting: BTreeMap<usize, Result<Vec<Card>>> = BTreeMap::new();
            let mut next = 0;
            for (index, cards) in results {
                waiting.insert(index, cards);
                while let Some(cards) = waiting.remove(&next) {
                    let flow = deliver(next, cards);
                    next += 1;
                    let mut shared = lock(&shared);
                    shared.delivered = next;
                    shared.stop |= flow.is_break();
                    room.notify_all();
                    if shared.stop {
                        return;
                    }
                }
            }
        });
    }
}

/// The next job, as soon as there is room for its result.
fn take<I: Iterator<Item = Job>>(
    shared: &Mutex<Shared<I>>,
    room: &Condvar,
    window: usize,
) -> Option<(usize, Job)> {
    let mut shared = lock(shared);
    while !shared.stop && shared.taken >= shared.delivered + window {
        shared = room.wait(shared).unwrap_or_else(PoisonError::into_inner);
    }
    if shared.stop {
        return None;
    }
    let job = shared.jobs.next()?;
    shared.taken += 1;
    Some((shared.taken - 1, job))
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Nothing in here can be left half-changed by a panic.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
