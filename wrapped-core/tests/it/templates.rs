//! Templates of a stranger: what is wrong is said with file, element and attribute, before the
//! first card, in bounded time and memory.

use wrapped_core::{Assets, CardKind, ErrorKind, RenderOptions};

use crate::common::{renderer_of, with_title};

fn error(body: &str) -> String {
    let svg = format!(
        "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' \
         width='100' height='100'>{body}</svg>"
    );
    error_of(&svg)
}

fn error_of(svg: &str) -> String {
    let error = renderer_of(svg, "").map(|_| ()).expect_err(&svg[..svg.len().min(300)]);
    assert_eq!(error.kind(), ErrorKind::Template, "{error}");
    error.to_string()
}

#[test]
fn mistakes_are_named_with_their_place() {
    let cases = [
        "<text id='title-1' data-text='{{ songs[0].title | uper }}'>x</text>",
        "<text id='t' data-text='{{ song.title }}'>x</text>",
        "<text id='t' data-text='{{ songs[0].titel }}'>x</text>",
        "<text id='t' data-text='{{ theme.nope }}'>x</text>",
        "<text id='t' data-text='{{ labels.nope }}'>x</text>",
        "<text id='t' data-text='{{ songs[0].title'>x</text>",
        "<text id='t' data-text=\"{% include 'x' %}\">x</text>",
        "<text id='t' data-text='{{ foo() }}'>x</text>",
        "<text id='t' data-width='wide' data-text='x'>x</text>",
        "<text id='t' data-lines='0' data-text='x'>x</text>",
        "<text id='t' data-fit='squeeze' data-text='x'>x</text>",
        "<text id='t' data-min-size='small' data-text='x'>x</text>",
        "<text id='t' textLength='10'>x</text>",
        "<text id='t' x='1 2 3'>x</text>",
        "<text id='t'><textPath href='#p'>x</textPath></text>",
        "<text id='t'><tspan dy='4'>x</tspan></text>",
        "<rect id='r' data-text='x'/>",
        "<rect id='r' data-set-href='{{ songs[0].cover }}'/>",
        "<rect id='r' data-set-style='{{ 1 }}'/>",
        "<rect id='r' data-set-onclick='{{ 1 }}'/>",
        "<rect id='r' onclick='alert(1)'/>",
        "<g id='g' data-each='songs'/>",
        "<g id='g' data-each='s in user.name'/>",
        "<g id='g' data-each='s in songs' data-limit='few'/>",
        "<g id='g' data-each='s in songs' data-step='right'/>",
        "<g id='g' data-step='1 2'/>",
        "<rect id='r' data-each='s in songs' width='1' height='1'/>",
        "<rect id='r' data-if='songs|lenght > 0'/>",
        "<rect id='r' data-mirror='maybe'/>",
        "<image id='i' data-image='song.cover' width='1' height='1'/>",
        "<image id='i' href='https://example.org/a.png' width='1' height='1'/>",
        "<image id='i' xlink:href='file:///etc/passwd' width='1' height='1'/>",
        "<image id='i' href='data:image/svg+xml,x' width='1' height='1'/>",
        "<rect id='r' fill='url(https://example.org/#g)'/>",
        "<rect id='r' fill='url(#nowhere)'/>",
        "<use id='u' href='#nowhere'/>",
        "<g id='a'><use id='u' href='#a'/></g>",
        "<style>@import url(x.css);</style>",
        "<script>alert(1)</script>",
        "<foreignObject/>",
        "<rect id='same'/><circle id='same'/>",
        "<rect>",
    ];
    let said: Vec<String> =
        cases.iter().map(|case| format!("{case}\n    {}", error(case))).collect();
    insta::assert_snapshot!("template_errors", said.join("\n"));
}

#[test]
fn bombs_are_refused() {
    let entities = "<!DOCTYPE svg [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]>\
                    <svg xmlns='http://www.w3.org/2000/svg' width='10' height='10'>&b;</svg>";
    assert!(error_of(entities).contains("DOCTYPE"));
    let deep = format!("{}{}", "<g>".repeat(200_000), "</g>".repeat(200_000));
    assert!(error(&deep).contains("nested deeper"));
    let mut doubling = "<defs><g id='g0'><rect width='1' height='1'/></g>".to_owned();
    for i in 1..40 {
        let j = i - 1;
        doubling.push_str(&format!("<g id='g{i}'><use href='#g{j}'/><use href='#g{j}'/></g>"));
    }
    doubling.push_str("</defs><use href='#g39'/>");
    assert!(error(&doubling).contains("references expanded"));
    let huge = format!("<!--{}-->", "x".repeat(5 << 20));
    assert!(error(&huge).contains("bytes"));
    let size = "<svg xmlns='http://www.w3.org/2000/svg' width='100000' height='100000'/>";
    assert!(error_of(size).contains("4096"));
}

#[test]
fn what_runs_away_on_a_card_is_an_error_of_that_card() {
    let cases = [
        (
            "<text data-text=\"{% for a in range(9999) %}{% for b in range(9999) %}x{% endfor %}{% endfor %}\">x</text>",
            "fuel",
        ),
        ("<g data-each='a in range(99999)'><rect width='1' height='1'/></g>", "elements"),
        ("<rect id='r' data-set-width='{{ songs[0].title }}' height='1'/>", "not a number"),
        ("<rect id='r' data-set-width='{{ songs[0].minutes / 2 }}' height='1'/>", "data-set-width"),
    ];
    for (body, says) in cases {
        let svg = format!(
            "<svg xmlns='http://www.w3.org/2000/svg' width='100' height='100'>{body}</svg>"
        );
        let renderer = renderer_of(&svg, "").expect(body);
        let error = renderer
            .worker()
            .render(&with_title("x"), &Assets::new(), CardKind::Songs, &RenderOptions::default())
            .expect_err(body);
        assert_eq!(error.kind(), ErrorKind::Template, "{error}");
        assert!(error.to_string().contains(says), "{error}");
    }
}

fn shown(body: &str) -> Vec<String> {
    let svg =
        format!("<svg xmlns='http://www.w3.org/2000/svg' width='300' height='100'>{body}</svg>");
    let renderer = renderer_of(&svg, "").expect(body);
    let filled = renderer
        .worker()
        .fill(&with_title("Song"), &Assets::new(), CardKind::Songs, &RenderOptions::default())
        .expect(body);
    filled.report().slots.iter().map(|slot| slot.text.clone()).collect()
}

#[test]
fn the_language_of_templates() {
    for (source, text) in [
        ("{{ 1234567 | number }}", "1,234,567"),
        ("{{ 12345 | compact }}", "12.3K"),
        ("{{ 999999 | compact }}", "999K"),
        ("{{ 0.314 | percent }}", "31%"),
        ("{{ 160 | minutes }}", "160 min"),
        ("{{ 1 | count('plays') }}", "1 play"),
        ("{{ 1200 | count('plays') }}", "1,200 plays"),
        ("{{ period | period }}", "October 2026"),
        ("{{ period.month | month_name }}", "October"),
        ("{{ ['A', 'B'] | list }}", "A, B"),
        ("{{ totals.minutes | number }}|", "|"),
        ("{{ songs[3].title }}|", "|"),
        ("{{ 'x' if songs|length == 1 else 'y' }}", "x"),
    ] {
        let quoted = source.replace('\'', "&apos;");
        assert_eq!(shown(&format!("<text data-text='{quoted}'>-</text>")), [text], "{source}");
    }
}

#[test]
fn spans_states_and_lists() {
    let spans = "<text x='0' y='50' font-size='20'>\
                 <tspan font-weight='700' data-text='{{ songs[0].plays }}'>1</tspan>\
                 <tspan font-size='10' fill='#f00'> plays</tspan></text>";
    assert_eq!(shown(spans), ["3 plays"]);
    let states = "<g data-if='songs|length &gt; 1'><text data-text='{{ songs|length }} many'>x</text></g>\
                  <g data-if='songs|length == 1'><text data-text='{{ songs|length }} one'>x</text></g>";
    assert_eq!(shown(states), ["1 one"]);
    let list = "<g data-each='n in range(5)' data-limit='3' data-step='10 0'>\
                <text data-text='{{ loop.index }}/{{ loop.length }}'>x</text></g>";
    assert_eq!(shown(list), ["1/3", "2/3", "3/3"]);
}
