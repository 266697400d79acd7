//! What stands around every page.

use crate::fault::Told;
use crate::page::{Page, View};
use crate::{assets, text};
use maud::{DOCTYPE, Markup, html};

/// Headings of the room: address, Japanese, English.
const HEADINGS: [(&str, &str, &str); 9] = [
    ("/timeline", "年表", "Timeline"),
    ("/network", "関係網", "Network"),
    ("/figures", "数値", "Figures"),
    ("/positions", "立場", "Positions"),
    ("/pledges", "約束・予定", "Pledges"),
    ("/conflicts", "食い違い", "Conflicts"),
    ("/sources", "出典", "Sources"),
    ("/search", "検索", "Search"),
    ("/help", "手引き", "Help"),
];

/// A page in the layout.
pub(crate) fn page<P: Page>(view: &View<'_>, page: &P, sequence: i64) -> Markup {
    let title = page.title(view);
    let body = html! {
        h1 { (text::words(&title)) }
        (page.body(view))
    };
    let forms = html! {
        p.forms {
            (view.say("このページのデータ：", "This page as data: "))
            a href=(view.asked.address_as("json")) rel="alternate" type="application/json" { "JSON" }
            (view.say("・", " · "))
            a href=(view.asked.address_as("csv")) rel="alternate" type="text/csv" { "CSV" }
            span.stamp { (view.say("保存庫の通し番号 ", "Store sequence ")) (sequence) }
        }
    };
    whole(view, &title, &body, Some(&forms), page.charts())
}

/// What is said of a fault.
pub(crate) fn fault(view: &View<'_>, told: &Told) -> Markup {
    let body = html! {
        h1 { (told.title) }
        p { (text::words(&told.message)) }
        @if !told.help.is_empty() { p { (text::words(&told.help)) } }
        p { a href="/" { (view.say("はじめのページへ", "To the front page")) } }
    };
    whole(view, &told.title, &body, None, false)
}

/// What is said where the store has no document.
pub(crate) fn empty(view: &View<'_>) -> Markup {
    html! {
        section.empty {
            h2 { (view.say("保存庫は空です", "The store is empty")) }
            p { (view.say("記事を読み込むと、ここに出来事や人物が並びます。", "Once articles are read in, their events and people stand here.")) }
            pre { code { "entente ingest --db " (text::plain(&view.room.shown_db())) " " (view.say("記事のフォルダー", "FOLDER-OF-ARTICLES")) } }
        }
    }
}

fn whole(view: &View<'_>, title: &str, body: &Markup, forms: Option<&Markup>, charts: bool) -> Markup {
    let asked = view.asked;
    let here = |path: &str| asked.path == path || asked.path.starts_with(&format!("{path}/"));
    let (other, other_name) = view.say("en:English", "ja:日本語").split_once(':').unwrap_or_default();
    let title = text::plain(title);
    html! {
        (DOCTYPE)
        html lang=(view.lang().code()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { @if asked.path == "/" { "Entente" } @else { (title) " — Entente" } }
                link rel="stylesheet" href=(assets::href("room.css"));
                link rel="icon" type="image/svg+xml" href=(assets::href("icon.svg"));
                @if forms.is_some() {
                    link rel="alternate" type="application/json" href=(asked.address_as("json"));
                    link rel="alternate" type="text/csv" href=(asked.address_as("csv"));
                }
                script src=(assets::href("room.js")) defer {}
                @if charts {
                    script src=(assets::href("echarts.js")) defer {}
                    script src=(assets::href("charts.js")) defer {}
                }
            }
            body {
                a.skip href="#main" { (view.say("本文へ", "Skip to content")) }
                header.top {
                    a.brand href="/" { "Entente" }
                    nav aria-label=(view.say("見出し", "Headings")) {
                        ul {
                            @for (path, ja, en) in HEADINGS {
                                li { a href=(path) aria-current=[here(path).then_some("page")] { (view.say(ja, en)) } }
                            }
                        }
                    }
                    form.find role="search" action="/search" method="get" {
                        input type="search" name="q" aria-label=(view.say("記事を検索", "Search the articles")) placeholder=(view.say("記事を検索", "Search")) maxlength="500";
                    }
                    a.lang href=(asked.address_with(&[("lang", other)])) hreflang=(other) lang=(other) rel="alternate" { (other_name) }
                }
                main id="main" tabindex="-1" { (body) }
                footer.bottom {
                    @if let Some(forms) = forms { (forms) }
                    p { "Entente " (env!("CARGO_PKG_VERSION")) " — " (view.say("どの行にも、もとの言葉があります。", "No line stands without the words that support it.")) }
                }
            }
        }
    }
}
