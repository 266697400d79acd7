//! Every event rule's own examples.

use entente_base::Lexicon;

#[test]
fn every_event_rule_codes_its_examples() {
    let errors = entente_event::check(&Lexicon::built_in()).unwrap();
    let shown: Vec<String> = errors.iter().map(ToString::to_string).collect();
    assert!(shown.is_empty(), "{}", shown.join("\n"));
}
