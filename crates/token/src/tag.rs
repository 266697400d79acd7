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
    /// All of them; the compiled dictionary holds places in this list.
    pub(crate) const ALL: [Tag; 38] = [
        Tag::Noun,
        Tag::VerbalNoun,
        Tag::AdjectivalNoun,
        Tag::AdverbialNoun,
        Tag::PersonName,
        Tag::OrganizationName,
        Tag::PlaceName,
        Tag::ProperNoun,
        Tag::Pronoun,
        Tag::Number,
        Tag::NounSuffix,
        Tag::BoundNoun,
        Tag::Verb,
        Tag::BoundVerb,
        Tag::VerbSuffix,
        Tag::Adjective,
        Tag::BoundAdjective,
        Tag::Adverb,
        Tag::Adnominal,
        Tag::Conjunction,
        Tag::Interjection,
        Tag::CaseParticle,
        Tag::CompoundCase,
        Tag::TopicParticle,
        Tag::ConjunctiveParticle,
        Tag::AdnominalParticle,
        Tag::CoordinatingParticle,
        Tag::AdverbialParticle,
        Tag::Particle,
        Tag::Auxiliary,
        Tag::Prefix,
        Tag::Period,
        Tag::Comma,
        Tag::Open,
        Tag::Close,
        Tag::Space,
        Tag::Symbol,
        Tag::Other,
    ];

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

impl Form {
    /// All of them; the compiled dictionary holds places in this list.
    pub(crate) const ALL: [Form; 8] = [
        Form::None,
        Form::Irrealis,
        Form::Continuative,
        Form::Plain,
        Form::Conditional,
        Form::Imperative,
        Form::Adnominal,
        Form::Other,
    ];
}

/// Which part of a person's name a word is, where the dictionary says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NamePart {
    /// 姓.
    Family,
    /// 名.
    Given,
}
