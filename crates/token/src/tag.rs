//! IPADIC's parts of speech and conjugation forms, as far as the rooms below tell them apart.

/// Part of speech.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tag {
    /// Common noun (名詞,一般 and kinds not named below).
    Noun,
    /// Noun that takes する (名詞,サ変接続).
    VerbalNoun,
    /// Noun that takes な (名詞,形容動詞語幹; ナイ形容詞語幹).
    AdjectivalNoun,
    /// Noun that may stand as an adverb (名詞,副詞可能).
    AdverbialNoun,
    /// Proper noun of a person.
    PersonName,
    /// Proper noun of an organization.
    OrganizationName,
    /// Proper noun of a place or country.
    PlaceName,
    /// Other proper noun.
    ProperNoun,
    /// Pronoun.
    Pronoun,
    /// Number.
    Number,
    /// Suffix of nouns (名詞,接尾).
    NounSuffix,
    /// Noun without a meaning of its own (名詞,非自立: こと, もの, ため, よう).
    BoundNoun,
    /// Verb.
    Verb,
    /// Verb that follows another (動詞,非自立: いる, くる, 続ける).
    BoundVerb,
    /// Verbal suffix (動詞,接尾: れる, られる, せる).
    VerbSuffix,
    /// Adjective.
    Adjective,
    /// Adjective that follows another word (形容詞,非自立 and 接尾: ない, やすい).
    BoundAdjective,
    /// Adverb.
    Adverb,
    /// Adnominal (この, その, 大きな).
    Adnominal,
    /// Conjunction.
    Conjunction,
    /// Interjection, filler.
    Interjection,
    /// Case particle (が, を, に, で, と, へ, から, まで).
    CaseParticle,
    /// Case particle made of several words (について, によって, として, に対し).
    CompoundCase,
    /// Topic or focus particle (は, も, こそ, さえ).
    TopicParticle,
    /// Conjunctive particle (て, ば, ながら, が, し, ものの).
    ConjunctiveParticle,
    /// の before a noun.
    AdnominalParticle,
    /// Coordinating particle (と, や, とか, か).
    CoordinatingParticle,
    /// Adverbial particle (など, だけ, まで, ほど).
    AdverbialParticle,
    /// Particle at a sentence's end, and the rest.
    Particle,
    /// Auxiliary (た, だ, ない, ます, です, ぬ).
    Auxiliary,
    /// Prefix.
    Prefix,
    /// 。
    Period,
    /// 、
    Comma,
    /// Opening bracket.
    Open,
    /// Closing bracket.
    Close,
    /// Space.
    Space,
    /// Any other symbol.
    Symbol,
    /// What the dictionary does not class.
    Other,
}

impl Tag {
    /// Whether it can be part of a noun phrase's head.
    pub const fn is_nominal(self) -> bool {
        matches!(
            self,
            Tag::Noun
                | Tag::VerbalNoun
                | Tag::AdjectivalNoun
                | Tag::AdverbialNoun
                | Tag::PersonName
                | Tag::OrganizationName
                | Tag::PlaceName
                | Tag::ProperNoun
                | Tag::Pronoun
                | Tag::Number
                | Tag::NounSuffix
                | Tag::BoundNoun
                | Tag::Prefix
                | Tag::Other
        )
    }

    /// Whether it is a particle of any kind.
    pub const fn is_particle(self) -> bool {
        matches!(
            self,
            Tag::CaseParticle
                | Tag::CompoundCase
                | Tag::TopicParticle
                | Tag::ConjunctiveParticle
                | Tag::AdnominalParticle
                | Tag::CoordinatingParticle
                | Tag::AdverbialParticle
                | Tag::Particle
        )
    }

    /// Whether it conjugates.
    pub const fn conjugates(self) -> bool {
        matches!(
            self,
            Tag::Verb
                | Tag::BoundVerb
                | Tag::VerbSuffix
                | Tag::Adjective
                | Tag::BoundAdjective
                | Tag::Auxiliary
        )
    }
}

/// Form of a conjugating word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Form {
    /// Does not conjugate.
    None,
    /// 未然形.
    Irrealis,
    /// 連用形 of any kind.
    Continuative,
    /// 基本形: ends a sentence or modifies a noun.
    Plain,
    /// 仮定形.
    Conditional,
    /// 命令形.
    Imperative,
    /// 体言接続: modifies a noun (な of だ).
    Adnominal,
    /// ガル接続 and the rest.
    Other,
}

/// Which part of a person's name a word is, where the dictionary says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NamePart {
    /// 姓.
    Family,
    /// 名.
    Given,
}

/// The part of a name that a feature row tells.
pub(crate) fn name_part(feature: &str) -> Option<NamePart> {
    match feature.split(',').nth(2) {
        Some("姓") => Some(NamePart::Family),
        Some("名") => Some(NamePart::Given),
        _ => None,
    }
}

/// Reads a feature row `pos,sub1,sub2,form,base`.
pub(crate) fn read(feature: &str) -> (Tag, Form, &str) {
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
