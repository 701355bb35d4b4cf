//! One bench a stage, named as in the code: `compile`, `fill`, `paint`, `encode`, then `card` for
//! the whole, warm, and `cold` from nothing to both cards.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use wrapped_benches::{october, settings};
use wrapped_core::{CardKind, RenderOptions, Summary, Theme};

fn parse(c: &mut Criterion) {
    let (summary, _) = october();
    let json = serde_json::to_vec(&summary).expect("a summary is JSON");
    c.bench_function("parse", |b| b.iter(|| Summary::from_json(black_box(&json))));
}

fn compile(c: &mut Criterion) {
    let locales = wrapped_templates::locales().expect("shipped labels");
    let block = wrapped_templates::themes().swap_remove(0);
    c.bench_function("compile", |b| b.iter(|| Theme::compile(black_box(&block), &locales)));
}

fn stages(c: &mut Criterion) {
    let renderer = wrapped_templates::renderer().expect("shipped themes");
    let (summary, assets) = october();
    let options = RenderOptions::default();
    let mut worker = renderer.worker();
    for card in CardKind::ALL {
        let filled = worker.fill(&summary, &assets, card, &options).expect("a card");
        let pixels = filled.paint().expect("a card");
        assert!(filled.encode(&pixels).expect("a card").starts_with(b"\x89PNG"));
        c.bench_function(&format!("fill/{card}"), |b| {
            b.iter(|| worker.fill(black_box(&summary), &assets, card, &options));
        });
        c.bench_function(&format!("paint/{card}"), |b| b.iter(|| black_box(&filled).paint()));
        c.bench_function(&format!("encode/{card}"), |b| {
            b.iter(|| filled.encode(black_box(&pixels)));
        });
        c.bench_function(&format!("card/{card}"), |b| {
            b.iter(|| worker.render(black_box(&summary), &assets, card, &options));
        });
    }
}

fn cold(c: &mut Criterion) {
    let (summary, assets) = october();
    let options = RenderOptions::default();
    c.bench_function("cold", |b| {
        b.iter(|| {
            let renderer = wrapped_templates::renderer().expect("shipped themes");
            let mut worker = renderer.worker();
            CardKind::ALL.map(|card| worker.render(&summary, &assets, card, &options))
        });
    });
}

criterion_group!(name = benches; config = settings(); targets = parse, compile, stages, cold);
criterion_main!(benches);
