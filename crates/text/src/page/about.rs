//! What a page says of itself: title, date, publisher, address, language.

use super::date::date;
use super::markup::Head;
use serde_json::{Map, Value};

/// Types of schema.org that are articles, the likeliest first.
const ARTICLES: [&str; 9] = [
    "NewsArticle",
    "ReportageNewsArticle",
    "AnalysisNewsArticle",
    "BackgroundNewsArticle",
    "OpinionNewsArticle",
    "Article",
    "Report",
    "BlogPosting",
    "SocialMediaPosting",
];

/// Names of `<meta>` that hold the time of publication, the surest first.
const PUBLISHED: [&str; 16] = [
    "article:published_time",
    "datepublished",
    "pubdate",
    "publishdate",
    "publish_date",
    "publish-date",
    "published_time",
    "article.published",
    "parsely-pub-date",
    "cxenseparse:recs:publishtime",
    "dcterms.issued",
    "dc.date.issued",
    "dcterms.created",
    "dcterms.date",
    "dc.date",
    "date",
];

/// Signs that part the title from the name of the site.
const SEPARATORS: [&str; 9] = [" | ", "｜", "|", " - ", " – ", " — ", " : ", "：", " / "];

/// Fewest characters of a title.
const SHORTEST_TITLE: usize = 6;

/// Longest name of a site behind a title, in characters.
const LONGEST_SITE: usize = 30;

/// What a page says of itself.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct About {
    pub title: Option<String>,
    /// `YYYY-MM-DD`, in the zone that the page wrote it in.
    pub published: Option<String>,
    pub publisher: Option<String>,
    pub url: Option<String>,
    /// The language that `<html lang>` names, an ISO 639-1 code.
    pub lang: Option<String>,
    /// The text that linked data give the article.
    pub body: Option<String>,
}

/// Reads the head of a page; `location` is the address it was saved from.
pub(crate) fn about(head: &Head, location: Option<&str>) -> About {
    let meta = |name: &str| head.metas.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
    let linked: Vec<Value> = head.linked_data.iter().filter_map(|text| parse(text)).collect();
    let own = [head.canonical.as_deref(), meta("og:url"), location, head.saved_from.as_deref()];
    let own = own.into_iter().flatten().find_map(address);
    let article = article(&linked, own.as_deref());
    let of = |key: &str| article.and_then(|article| words(article.get(key)?));
    let publisher = article
        .and_then(|article| name_of(article.get("publisher")?, &linked))
        .or_else(|| {
            ["og:site_name", "dc.publisher", "dcterms.publisher", "publisher", "application-name"]
                .iter()
                .find_map(|name| meta(name))
                .map(str::to_owned)
        })
        .map(|name| line(&name));
    let title = of("headline")
        .or_else(|| of("name"))
        .map(|title| line(&title))
        .filter(|title| !title.is_empty())
        .or_else(|| {
            meta("og:title").map(|title| without_site(&line(title), publisher.as_deref(), &head.headings))
        })
        .or_else(|| {
            (!head.title.is_empty()).then(|| without_site(&head.title, publisher.as_deref(), &head.headings))
        })
        .or_else(|| head.headings.iter().max_by_key(|heading| heading.chars().count()).cloned())
        .filter(|title| !title.is_empty());
    let published = of("datePublished")
        .and_then(|words| date(&words))
        .or_else(|| PUBLISHED.iter().find_map(|name| date(meta(name)?)))
        .or_else(|| head.times.iter().filter(|(_, marked)| *marked).find_map(|(moment, _)| date(moment)))
        .or_else(|| head.times.iter().find_map(|(moment, _)| date(moment)))
        .or_else(|| head.dates.iter().filter(|words| !tells_of_change(words)).find_map(|words| date(words)));
    let url = own.or_else(|| of("url").as_deref().and_then(address)).or_else(|| {
        let page = article?.get("mainEntityOfPage")?;
        address(&words(page).or_else(|| words(page.get("@id")?))?)
    });
    let lang = head.lang.as_deref().and_then(|lang| {
        let code: String = lang.trim().chars().take_while(char::is_ascii_alphabetic).collect();
        (code.len() == 2).then(|| code.to_ascii_lowercase())
    });
    About {
        title,
        published,
        publisher: publisher.filter(|name| !name.is_empty()),
        url,
        lang,
        body: of("articleBody"),
    }
}

/// Linked data as pages write them: sometimes in a comment, sometimes with bare line breaks in their strings.
fn parse(text: &str) -> Option<Value> {
    let text = text.trim();
    let text = text.strip_prefix("<!--").unwrap_or(text);
    let text = text.trim_start().strip_prefix("//<![CDATA[").unwrap_or(text).trim();
    let text =
        ["-->", "//]]>", ";"].iter().fold(text, |text, end| text.strip_suffix(end).unwrap_or(text).trim());
    serde_json::from_str(text).or_else(|_| serde_json::from_str(&text.replace(['\n', '\r', '\t'], " "))).ok()
}

/// The article among linked data: the one at the page's own address, else the first of the likeliest type.
fn article<'a>(linked: &'a [Value], own: Option<&str>) -> Option<&'a Map<String, Value>> {
    let mut found: Vec<(bool, usize, &Map<String, Value>)> = Vec::new();
    // The depth of parsed JSON is bounded, and so is this.
    let mut waiting: Vec<&Value> = linked.iter().rev().collect();
    while let Some(value) = waiting.pop() {
        match value {
            Value::Array(items) => waiting.extend(items.iter().rev()),
            Value::Object(object) => {
                let rank =
                    types(object).filter_map(|name| ARTICLES.iter().position(|known| *known == name)).min();
                if let Some(rank) = rank {
                    let here = ["url", "@id", "mainEntityOfPage"]
                        .iter()
                        .filter_map(|key| object.get(*key))
                        .any(|value| {
                            let address = words(value).or_else(|| words(value.get("@id")?));
                            own.is_some()
                                && address.as_deref().map(without_fragment) == own.map(without_fragment)
                        });
                    found.push((!here, rank, object));
                }
                // Not what a list holds: those are other articles.
                waiting.extend(["mainEntity", "@graph"].iter().filter_map(|key| object.get(*key)));
            }
            _ => {}
        }
    }
    found.into_iter().min_by_key(|(elsewhere, rank, _)| (*elsewhere, *rank)).map(|(_, _, object)| object)
}

fn types(object: &Map<String, Value>) -> impl Iterator<Item = &str> {
    let types = match object.get("@type") {
        Some(Value::Array(types)) => types.as_slice(),
        Some(one) => std::slice::from_ref(one),
        None => &[],
    };
    types.iter().filter_map(Value::as_str).map(|name| name.rsplit(['/', ':']).next().unwrap_or(name))
}

/// A value that is words, or the first of several.
fn words(value: &Value) -> Option<String> {
    match value {
        Value::String(words) if !words.trim().is_empty() => Some(words.clone()),
        Value::Array(values) => values.first().and_then(Value::as_str).map(str::to_owned),
        Value::Object(object) => object.get("@value").and_then(Value::as_str).map(str::to_owned),
        _ => None,
    }
}

/// The name of a publisher, given in place or by reference to another object of the graph.
fn name_of(publisher: &Value, linked: &[Value]) -> Option<String> {
    let publisher = match publisher {
        Value::Array(several) => several.first()?,
        one => one,
    };
    if let Value::String(name) = publisher {
        return Some(name.clone());
    }
    if let Some(name) = publisher.get("name").and_then(words) {
        return Some(name);
    }
    let id = publisher.get("@id")?.as_str()?;
    let graphs = linked.iter().flat_map(|value| match value {
        Value::Array(items) => items.as_slice(),
        one => std::slice::from_ref(one),
    });
    graphs
        .flat_map(|value| {
            value.get("@graph").and_then(Value::as_array).map_or(std::slice::from_ref(value), Vec::as_slice)
        })
        .filter(|object| object.get("@id").and_then(Value::as_str) == Some(id))
        .find_map(|object| words(object.get("name")?))
}

/// An absolute address; `None` for what is none.
fn address(words: &str) -> Option<String> {
    let words = words.trim();
    let words = if words.starts_with("//") { format!("https:{words}") } else { words.to_owned() };
    let web =
        ["http://", "https://"].iter().any(|scheme| words.len() > scheme.len() && words.starts_with(scheme));
    (web && !words.contains(char::is_whitespace)).then_some(words)
}

fn without_fragment(address: &str) -> &str {
    address.split('#').next().unwrap_or(address).trim_end_matches('/')
}

/// Words in one line, without doubled spaces; a full-width space is a sign of its own.
pub(crate) fn line(words: &str) -> String {
    words.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}

fn tells_of_change(words: &str) -> bool {
    let words = words.to_lowercase();
    ["更新", "改訂", "updated", "modified"].iter().any(|sign| words.contains(sign)) && !words.contains("公開")
}

/// A title without the name of the site, and of its sections, behind it.
fn without_site(title: &str, publisher: Option<&str>, headings: &[String]) -> String {
    let mut title = title.trim();
    // What the page sets as its heading is the title.
    let heading = |part: &str| headings.iter().any(|heading| heading == part);
    loop {
        if heading(title) {
            break;
        }
        let cut = SEPARATORS
            .iter()
            .filter_map(|separator| title.rfind(separator).map(|at| (at, at + separator.len())))
            .max_by_key(|&(at, _)| at);
        let Some((at, after)) = cut else { break };
        let (head, tail) = (title[..at].trim(), title[after..].trim());
        let named = publisher.is_some_and(|name| name.contains(tail) || tail.contains(name));
        let bar = title[at..after].contains(['|', '｜', '-', '–', '—']);
        let short = tail.chars().count() <= LONGEST_SITE && !tail.contains(['。', '」']);
        if head.chars().count() < SHORTEST_TITLE || !(named || heading(head) || bar && short) {
            break;
        }
        title = head;
    }
    // 【外務省】日韓外相会談 is one title; 中国新聞：日韓外相会談 is not.
    if let Some(name) = publisher
        && let Some(rest) = title.strip_prefix(name)
        && let Some(rest) = SEPARATORS.iter().find_map(|separator| rest.strip_prefix(separator))
        && rest.trim().chars().count() >= SHORTEST_TITLE
    {
        title = rest.trim();
    }
    title.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(data: &[&str]) -> Head {
        Head { linked_data: data.iter().map(|&text| text.to_owned()).collect(), ..Head::default() }
    }

    #[test]
    fn linked_data_come_first() {
        let plain = r#"{"@type": "NewsArticle", "headline": "甲が\n訪問", "datePublished": "2024-05-16T09:00:00+09:00",
            "publisher": {"@type": "Organization", "name": "見本通信"}, "url": "https://example.com/a"}"#;
        let array = format!(r#"[{{"@type": "BreadcrumbList", "itemListElement": []}}, {plain}]"#);
        let graph = r##"{"@graph": [{"@type": "Organization", "@id": "#o", "name": "見本通信"},
            {"@type": "ItemList", "itemListElement": [{"@type": "NewsArticle", "headline": "乙"}]},
            {"@type": ["WebPage", "https://schema.org/NewsArticle"], "headline": "甲が 訪問", "datePublished": "2024-05-16",
             "publisher": {"@id": "#o"}, "mainEntityOfPage": {"@id": "https://example.com/a"}}]}"##;
        let comment = format!("<!--\n{plain}\n-->");
        for data in [plain, &array, graph, &comment] {
            let about = about(&head(&[data]), None);
            assert_eq!(about.title.as_deref(), Some("甲が 訪問"), "{data}");
            assert_eq!(about.published.as_deref(), Some("2024-05-16"), "{data}");
            assert_eq!(about.publisher.as_deref(), Some("見本通信"), "{data}");
            assert_eq!(about.url.as_deref(), Some("https://example.com/a"), "{data}");
        }
        let two = [
            r#"{"@type": "NewsArticle", "headline": "乙が訪問", "url": "https://example.com/b"}"#,
            r#"{"@type": "Article", "headline": "甲が訪問", "url": "https://example.com/a"}"#,
        ];
        assert_eq!(about(&head(&two), Some("https://example.com/a#top")).title.as_deref(), Some("甲が訪問"));
        assert_eq!(about(&head(&two), None).title.as_deref(), Some("乙が訪問"));
        assert_eq!(about(&head(&["{", "3", "[[[", "{\"@type\": 7}"]), None), About::default());
    }

    #[test]
    fn titles_lose_the_name_of_the_site() {
        for (title, publisher, wanted) in [
            ("日韓外相会談を開催 | 見本新聞", None, "日韓外相会談を開催"),
            ("日韓外相会談を開催｜外交｜見本省", None, "日韓外相会談を開催"),
            ("日韓外相会談を開催：見本新聞", Some("見本新聞"), "日韓外相会談を開催"),
            ("日韓外相会談を開催：北京で", Some("見本新聞"), "日韓外相会談を開催：北京で"),
            ("見本新聞：日韓外相会談を開催", Some("見本新聞"), "日韓外相会談を開催"),
            ("G7サミット - 見本新聞", None, "G7サミット"),
            ("米中 - 対立", None, "米中 - 対立"),
        ] {
            assert_eq!(without_site(title, publisher, &[]), wanted, "{title}");
        }
        assert_eq!(
            without_site("日韓外相会談 - 北京で", None, &["日韓外相会談 - 北京で".to_owned()]),
            "日韓外相会談 - 北京で"
        );
    }

    #[test]
    fn dates_and_addresses() {
        let page = Head {
            metas: vec![
                ("date".to_owned(), "2024-01-01".to_owned()),
                ("article:published_time".to_owned(), "2024-05-16T00:30:00+09:00".to_owned()),
            ],
            canonical: Some("//example.com/a".to_owned()),
            lang: Some("ja-JP".to_owned()),
            ..Head::default()
        };
        let found = about(&page, Some("https://example.com/other"));
        assert_eq!(found.published.as_deref(), Some("2024-05-16"));
        assert_eq!(found.url.as_deref(), Some("https://example.com/a"));
        assert_eq!(found.lang.as_deref(), Some("ja"));
        let times = [("2024-05-01".to_owned(), false), ("2024-05-16".to_owned(), true)];
        let page = Head { times: times.to_vec(), canonical: Some("/a".to_owned()), ..Head::default() };
        let found = about(&page, None);
        assert_eq!((found.published.as_deref(), found.url), (Some("2024-05-16"), None));
        let dates = ["最終更新 2024年5月17日", "2024年5月16日 公開"].map(str::to_owned);
        let page = Head { dates: dates.to_vec(), ..Head::default() };
        assert_eq!(about(&page, None).published.as_deref(), Some("2024-05-16"));
    }
}
