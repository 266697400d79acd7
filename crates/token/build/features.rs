//! What IPADIC's features tell.

use crate::tag::{Form, NamePart, Tag};

/// The part of a name that a feature row tells.
pub fn name_part(feature: &str) -> Option<NamePart> {
    match feature.split(',').nth(2) {
        Some("姓") => Some(NamePart::Family),
        Some("名") => Some(NamePart::Given),
        _ => None,
    }
}

/// Reads a feature row `pos,sub1,sub2,form,base`.
pub fn read(feature: &str) -> (Tag, Form, &str) {
    let mut cells = feature.splitn(5, ',');
    let mut next = || cells.next().unwrap_or("");
    let (pos, sub1, sub2, form, base) = (next(), next(), next(), next(), next());
    let tag = match pos {
        "名詞" => match sub1 {
            "サ変接続" => Tag::VerbalNoun,
            "形容動詞語幹" | "ナイ形容詞語幹" => Tag::AdjectivalNoun,
            "副詞可能" => Tag::AdverbialNoun,
            "固有名詞" => match sub2 {
                "人名" | "姓" | "名" => Tag::PersonName,
                "組織" => Tag::OrganizationName,
                "地域" => Tag::PlaceName,
                _ => Tag::ProperNoun,
            },
            "代名詞" => Tag::Pronoun,
            "数" => Tag::Number,
            "接尾" => Tag::NounSuffix,
            "非自立" => Tag::BoundNoun,
            _ => Tag::Noun,
        },
        "動詞" => match sub1 {
            "非自立" => Tag::BoundVerb,
            "接尾" => Tag::VerbSuffix,
            _ => Tag::Verb,
        },
        "形容詞" => match sub1 {
            "自立" => Tag::Adjective,
            _ => Tag::BoundAdjective,
        },
        "副詞" => Tag::Adverb,
        "連体詞" => Tag::Adnominal,
        "接続詞" => Tag::Conjunction,
        "感動詞" | "フィラー" => Tag::Interjection,
        "助詞" => match sub1 {
            "格助詞" if sub2 == "連語" => Tag::CompoundCase,
            "格助詞" => Tag::CaseParticle,
            "係助詞" => Tag::TopicParticle,
            "接続助詞" => Tag::ConjunctiveParticle,
            "連体化" => Tag::AdnominalParticle,
            "並立助詞" => Tag::CoordinatingParticle,
            "副助詞" | "副助詞／並立助詞／終助詞" => Tag::AdverbialParticle,
            _ => Tag::Particle,
        },
        "助動詞" => Tag::Auxiliary,
        "接頭詞" => Tag::Prefix,
        "記号" => match sub1 {
            "句点" => Tag::Period,
            "読点" => Tag::Comma,
            "括弧開" => Tag::Open,
            "括弧閉" => Tag::Close,
            "空白" => Tag::Space,
            "アルファベット" => Tag::ProperNoun,
            _ => Tag::Symbol,
        },
        _ => Tag::Other,
    };
    let form = match form {
        "" => Form::None,
        "基本形" | "文語基本形" | "基本形-促音便" => Form::Plain,
        "仮定形" | "仮定縮約１" | "仮定縮約２" => Form::Conditional,
        "体言接続" => Form::Adnominal,
        _ if form.starts_with("未然") => Form::Irrealis,
        _ if form.starts_with("連用") => Form::Continuative,
        _ if form.starts_with("命令") => Form::Imperative,
        _ => Form::Other,
    };
    (tag, form, base)
}
