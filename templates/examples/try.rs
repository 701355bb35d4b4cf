use wrapped_core::*;
fn main() {
    let mut args = std::env::args().skip(1);
    let path = args.next().unwrap();
    let out = args.next().unwrap();
    let locale = args.next();
    let t = std::time::Instant::now();
    let r = match wrapped_templates::renderer() {
        Ok(r) => r,
        Err(e) => {
            eprintln!("{e}");
            std::process::exit(4)
        }
    };
    eprintln!("renderer {:?}", t.elapsed());
    let s = Summary::from_json(&std::fs::read(&path).unwrap()).map_err(|e| e.to_string()).unwrap();
    for w in &s.warnings {
        eprintln!("{w:?}");
    }
    let s = s.value;
    let mut a = Assets::new();
    let dir = std::path::Path::new(&path).parent().unwrap();
    for r in s
        .songs
        .iter()
        .filter_map(|s| s.cover.clone())
        .chain(s.artists.iter().filter_map(|s| s.image.clone()))
    {
        if let Ok(b) = std::fs::read(dir.join(&r)) {
            a.insert(r, b);
        }
    }
    let mut w = r.worker();
    let o = RenderOptions { locale, ..Default::default() };
    for _ in 0..3 {
        for k in CardKind::ALL {
            let t = std::time::Instant::now();
            let f = w.fill(&s, &a, k, &o).map_err(|e| e.to_string()).unwrap();
            let t1 = t.elapsed();
            let p = f.paint().unwrap();
            let t2 = t.elapsed();
            let png = f.encode(&p).unwrap();
            let t3 = t.elapsed();
            eprintln!("{k} fill {t1:?} paint {:?} encode {:?} {} B", t2 - t1, t3 - t2, png.len());
            std::fs::create_dir_all(&out).unwrap();
            std::fs::write(format!("{out}/{k}.png"), &png).unwrap();
            std::fs::write(format!("{out}/{k}.svg"), f.to_svg().unwrap()).unwrap();
            std::fs::write(format!("{out}/{k}.txt"), f.describe()).unwrap();
            std::fs::write(format!("{out}/{k}.json"), format!("{:#?}", f.report())).unwrap();
        }
    }
}
