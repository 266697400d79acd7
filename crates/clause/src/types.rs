//! What is read in a sentence. The types speak no language.

use entente_base::Span;
use entente_token::Token;
use std::ops::Range;

/// What is already known of a stretch of text before clauses are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Label {
    /// A state or group of states.
    State,
    /// A person.
    Person,
    /// An organization.
    Organization,
    /// A place.
    Place,
    /// An expression of time.
    Time,
    /// A figure.
    Figure,
}

/// A stretch of text with its label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Labelled {
    /// Where.
    pub span: Span,
    /// What.
    pub label: Label,
}

/// How a noun phrase stands to what it depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Case {
    /// が
    Ga,
    /// を
    Wo,
    /// に
    Ni,
    /// で (also において, にて)
    De,
    /// と of a partner (会談した), of content (と述べた), of a result; never of coordination
    To,
    /// へ, への
    He,
    /// から
    Kara,
    /// まで
    Made,
    /// より
    Yori,
    /// に対し(て), に対する
    Against,
    /// によって, による, により
    By,
    /// によると, によれば
    AccordingTo,
    /// について, に関して, をめぐって, に関する, をめぐる
    About,
    /// として
    As,
    /// とともに, と共に, と並んで
    With,
    /// に向け(て), に向けた
    Toward,
    /// のため(に), に備え
    For,
    /// を通じて, を通して
    Through,
    /// No particle: an adverbial time, a list item, the noun before a comma
    Bare,
    /// の and other links from noun to noun (also との, での, からの, への: `inner` says which case stands before の)
    No,
    /// Coordinated with the next noun: と, や, および, ・, 、 between nouns
    And,
}

/// What kind of chunk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ChunkKind {
    /// A noun phrase with its particles.
    Nominal,
    /// A predicate: verb, verbal noun + する, adjective, noun + copula; also a verbal noun that ends a headline.
    Predicate,
    /// Adverb or conjunction.
    Adverbial,
    /// この, その, 大きな.
    Adnominal,
}

/// A phrase (文節): content words with what hangs on them.
#[derive(Debug, Clone, PartialEq)]
pub struct Chunk {
    /// All of it, particles and comma included.
    pub span: Span,
    /// Its tokens.
    pub tokens: Range<usize>,
    /// Without particles, punctuation and enclosing brackets.
    pub content: Span,
    /// What kind.
    pub kind: ChunkKind,
    /// Case of a nominal chunk (for a topic: the case that stands before は, else `Ga` is *not* assumed: see `topic`).
    pub case: Option<Case>,
    /// For `Case::No`: the case before の (中国との, 日本への, 北京での).
    pub inner: Option<Case>,
    /// Marked as topic (は, では, には, とは).
    pub topic: bool,
    /// Marked with も.
    pub also: bool,
    /// Followed by a comma.
    pub comma: bool,
    /// Index, in the sentence's quotations, of the innermost one it stands in. A short quoted name
    /// (「クアッド」) is part of its chunk and no scope of its own.
    pub quote: Option<usize>,
    /// The chunk that it depends on; `None` for the last.
    pub head: Option<usize>,
    /// The clause whose predicate it is.
    pub clause: Option<usize>,
}

/// Tense of a predicate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tense {
    /// た
    Past,
    /// Plain form, ている
    NonPast,
    /// Says nothing of itself: continuative, a bare verbal noun. The clause it leads to decides.
    None,
}

/// Voice of a predicate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Voice {
    /// Active.
    Active,
    /// れる, られる read as passive.
    Passive,
    /// せる, させる.
    Causative,
    /// てもらう, ていただく; 〜を受ける of a verbal noun.
    Benefactive,
}

/// What the text says of a clause's reality beyond tense and negation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Modality {
    /// 予定だ, 見通し, 方針, ことになった, ことを決めた, 〜へ at a headline's end, 計画, 見込み (of a plan)
    Scheduled,
    /// 意向, つもり, 用意がある, 考えだ, 構えだ
    Intended,
    /// たい, 期待, 望む
    Wished,
    /// べきだ, 必要がある, なければならない
    Obliged,
    /// 可能性, かもしれない, 恐れ, うる, とみられる of the future
    Possible,
    /// 〜れば, 〜たら, 〜なら, 場合
    Conditional,
    /// という, とのこと, ということだ, そうだ, とされる, と伝えられる
    Hearsay,
    /// とみられる, もよう, ようだ, らしい, だろう, 見方
    Inferred,
    /// よう(に) before 求める and the like; てほしい, 命令形
    Requested,
    /// 検討する, 模索する, 目指す, 図る, 狙う, 調整する
    Considered,
    /// 見送る, 中止, 延期, 断念, 拒否, 取りやめ, 撤回 of the act itself
    Cancelled,
}

/// Aspect of a predicate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Aspect {
    /// No mark.
    Simple,
    /// ている, つつある, 続ける, 相次ぐ, 進む, 重ねる
    Ongoing,
    /// 始める, 開始する, 着手する
    Begun,
    /// 終える, 完了する, てしまう, てある
    Completed,
}

/// How a clause joins the one it depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Link {
    /// Ends the sentence, the quotation or the headline.
    Final,
    /// 連用形, て, し, たうえで, とともに: and then, and also
    And,
    /// が, けれども, ものの, のに, 一方(で)
    But,
    /// ば, たら, なら, と (condition), 場合
    If,
    /// ので, から, ため, ことから, を受け
    Because,
    /// ため(に), ように, べく: purpose
    Purpose,
    /// 際, 時, 後, 前, 中, うちに, ながら
    When,
    /// Modifies a noun (the `head` chunk's noun)
    Adnominal,
    /// Content of と, という, とする, との
    Content,
    /// こと, の, もの nominalised
    Nominal,
    /// よう(に) of a request or wish
    Request,
}

/// A predicate with what the text says about its reality.
#[derive(Debug, Clone, PartialEq)]
pub struct Predicate {
    /// Dictionary form: `会談する`, `求める`, `開く`, `重要だ`; for a bare verbal noun too `会談する`.
    pub lemma: String,
    /// The predicate's own words: verbal noun or stem up to the last auxiliary.
    pub span: Span,
    /// The verbal noun in it, with its compound (首脳会談 of 首脳会談する).
    pub noun: Option<Span>,
    /// Not done.
    pub negated: bool,
    /// Tense.
    pub tense: Tense,
    /// Voice.
    pub voice: Voice,
    /// Aspect.
    pub aspect: Aspect,
    /// Modalities in the predicate itself and in the words right after it (予定だ, 方針を示した …), sorted.
    pub modality: Vec<Modality>,
}

/// An argument or adjunct of a clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Argument {
    /// Its case (a topic's case is `Ga` unless its particle or a filled slot says otherwise).
    pub case: Case,
    /// Whether it is the topic.
    pub topic: bool,
    /// Its head chunk.
    pub chunk: usize,
    /// The words of it with all that depends on it, without particles.
    pub span: Span,
    /// True where it was not written at this predicate but shared from the clause it is coordinated with.
    pub shared: bool,
}

/// A predicate with its arguments.
#[derive(Debug, Clone, PartialEq)]
pub struct Clause {
    /// Its predicate's chunk.
    pub chunk: usize,
    /// From its first own argument to the end of its predicate.
    pub span: Span,
    /// The predicate.
    pub predicate: Predicate,
    /// Arguments and adjuncts in order of the text.
    pub arguments: Vec<Argument>,
    /// The clause it depends on, also through a noun.
    pub head: Option<usize>,
    /// How it joins that clause.
    pub link: Link,
    /// Index of the innermost quotation it stands in.
    pub quote: Option<usize>,
    /// The event noun whose act the predicate only carries: 会談 in 会談を行う, 会談に臨む, 会談が開かれた.
    /// Its aspect, modality and voice are merged into the predicate's.
    pub carried: Option<Carried>,
}

/// An event noun that a light verb carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Carried {
    /// The noun with its compound.
    pub noun: Span,
    /// Its chunk.
    pub chunk: usize,
    /// What the verb says of the noun's act; it stands in the predicate's modality too. 撤回を求めた: the
    /// withdrawal is `Requested`, the request itself was made.
    pub modality: Option<Modality>,
    /// Whether the verb says that the noun's act is not done (侵攻を否定した); merged likewise.
    pub negates: bool,
}

/// A quotation of the sentence: 「…」, 『…』, “…”.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QuoteSpan {
    /// With its marks.
    pub outer: Span,
    /// Without its marks.
    pub inner: Span,
}

/// What was read in one sentence.
#[derive(Debug, Clone, PartialEq)]
pub struct Analysis {
    /// Index of the sentence in the document.
    pub sentence: usize,
    /// Its tokens.
    pub tokens: Vec<Token>,
    /// Its quotations in order of their beginning.
    pub quotes: Vec<QuoteSpan>,
    /// Its chunks in order of the text.
    pub chunks: Vec<Chunk>,
    /// Its clauses in order of their predicates.
    pub clauses: Vec<Clause>,
}
