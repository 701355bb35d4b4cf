//! The same input gives the same bytes: again, after others, and on any number of threads.

use std::ops::ControlFlow;

use wrapped_core::{CardKind, Job, RenderOptions};

use crate::common::{load, render, renderer};

const NAMES: [&str; 6] = [
    "october",
    "ok-name-arabic",
    "ok-names-japanese",
    "ok-no-covers",
    "ok-user-emoji",
    "ok-long-names",
];

fn jobs() -> Vec<Job> {
    let options = RenderOptions { scale: 0.5, ..RenderOptions::default() };
    let job = |name: &&str| {
        let (summary, assets) = load(name);
        Job { summary, assets, cards: CardKind::ALL.to_vec(), options: options.clone() }
    };
    NAMES.iter().chain(&NAMES).map(job).collect()
}

fn all(threads: usize) -> Vec<Vec<u8>> {
    let mut out = Vec::new();
    renderer().render_many(jobs().into_iter(), threads, |index, cards| {
        assert_eq!(index * 2, out.len(), "results come in order");
        out.extend(cards.expect("a card").into_iter().map(|card| card.png));
        ControlFlow::Continue(())
    });
    out
}

#[test]
fn threads_and_neighbours_do_not_matter() {
    let one = all(1);
    let four = all(4);
    assert_eq!(one.len(), NAMES.len() * 4);
    assert!(one == four, "thread count changed the bytes");
    let (first, second) = one.split_at(one.len() / 2);
    assert!(first == second, "earlier cards changed the bytes");
}

#[test]
fn a_worker_of_its_own_gives_the_same_bytes() {
    let options = RenderOptions { scale: 0.5, ..RenderOptions::default() };
    let alone = render("october", CardKind::Songs, &options).png;
    assert!(alone == all(2)[0], "a fresh worker gives other bytes");
}

#[test]
fn a_run_can_be_ended_early() {
    let mut seen = 0;
    renderer().render_many(jobs().into_iter().cycle(), 2, |_, _| {
        seen += 1;
        if seen == 3 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    assert_eq!(seen, 3);
}
