//! What a page is: a value made once, and shown as HTML, JSON and CSV.

use crate::fault::Fault;
use crate::request::Asked;
use crate::room::Room;
use entente_account::{Lang, Names as _};
use entente_base::Edtf;
use entente_base::record::{EventType, Status};
use entente_render::Listing;
use entente_store::Store;
use maud::Markup;
use serde::Serialize;
use std::any::Any;
use std::sync::Arc;

/// A page. As JSON it is what it serializes to.
pub(crate) trait Page: Serialize {
    /// Its title.
    fn title(&self, view: &View<'_>) -> String;
    /// What stands under the title.
    fn body(&self, view: &View<'_>) -> Markup;
    /// Its list, which is its CSV. Only `heads` and `rows` are used.
    fn listing(&self, view: &View<'_>) -> Listing;
    /// Whether it draws charts.
    fn charts(&self) -> bool {
        false
    }
    /// Cookies to be set, as `Set-Cookie` has them.
    fn cookies(&self) -> Vec<String> {
        Vec::new()
    }
    /// Whether the answer may be kept until the store changes.
    fn lasting(&self) -> bool {
        true
    }
    /// What the page depends on beside address, language and format.
    fn visitor(_asked: &Asked) -> String {
        String::new()
    }
}

/// A page in the making: what was asked, and the store to answer from.
pub(crate) struct Reader<'a> {
    pub(crate) room: &'a Room,
    pub(crate) asked: &'a Asked,
    pub(crate) store: &'a mut Store,
    /// The sequence of the store.
    pub(crate) sequence: i64,
}

impl Reader<'_> {
    /// Something that is costly to count and the same for all readers: counted once until the store changes.
    pub(crate) fn count<T: Any + Send + Sync>(
        &mut self,
        name: &'static str,
        make: impl FnOnce(&mut Store) -> Result<T, Fault>,
    ) -> Result<Arc<T>, Fault> {
        let store = &mut *self.store;
        self.room.cache.count(name, self.sequence, || make(store))
    }

    /// Number of documents in the store.
    pub(crate) fn documents(&mut self) -> Result<u64, Fault> {
        Ok(*self.count("documents", |store| Ok(store.count()?))?)
    }

    /// What templates see.
    pub(crate) fn view(&self) -> View<'_> {
        View { room: self.room, asked: self.asked }
    }
}

/// What templates see: the words in the language of the reader.
#[derive(Clone, Copy)]
pub(crate) struct View<'a> {
    pub(crate) room: &'a Room,
    pub(crate) asked: &'a Asked,
}

impl<'a> View<'a> {
    pub(crate) fn lang(&self) -> Lang {
        self.asked.lang
    }

    /// The one of two wordings.
    pub(crate) fn say(&self, ja: &'a str, en: &'a str) -> &'a str {
        match self.lang() {
            Lang::Ja => ja,
            Lang::En => en,
        }
    }

    /// 「3件」, “3 events”: `n` stands for the number; `one` is the English for one.
    pub(crate) fn count(&self, n: usize, ja: &str, one: &str, many: &str) -> String {
        let words = match (self.lang(), n) {
            (Lang::Ja, _) => ja,
            (Lang::En, 1) => one,
            (Lang::En, _) => many,
        };
        words.replace('#', &n.to_string())
    }

    /// The label of a key of `lexicon/account/label.tsv`.
    pub(crate) fn label(&self, key: &str) -> String {
        self.room.words.label(key, self.lang())
    }

    pub(crate) fn kind(&self, kind: EventType, mode: Option<&str>) -> String {
        self.room.words.type_label(kind, mode, self.lang())
    }

    pub(crate) fn status(&self, status: Status) -> String {
        self.label(&format!("status.{}", status.name()))
    }

    pub(crate) fn domain(&self, domain: &str) -> String {
        self.label(&format!("domain.{domain}"))
    }

    /// The name of a state or a body.
    pub(crate) fn state(&self, code: &str) -> String {
        self.room.words.state(code, self.lang())
    }

    /// Names of states side by side.
    pub(crate) fn names(&self, codes: &[String]) -> String {
        let names: Vec<String> = codes.iter().map(|code| self.state(code)).collect();
        names.join(self.say("・", ", "))
    }

    /// A name in the reader's language where there is one.
    pub(crate) fn name<'n>(&self, name: &'n entente_account::Name) -> &'n str {
        match (&name.name_en, self.lang()) {
            (Some(name), Lang::En) => name,
            _ => &name.name,
        }
    }

    /// A date as prose has it; `undated` where there is none.
    pub(crate) fn date(&self, date: Option<&str>) -> String {
        match date.map(str::parse::<Edtf>) {
            Some(Ok(date)) if self.lang() == Lang::Ja => date.display_ja(),
            Some(Ok(date)) => date.display_en(),
            _ => self.label("undated"),
        }
    }

    /// A column of a list.
    pub(crate) fn head(&self, name: &'static str, ja: &str, en: &str) -> (&'static str, String) {
        (
            name,
            match self.lang() {
                Lang::Ja => ja.to_owned(),
                Lang::En => en.to_owned(),
            },
        )
    }
}
