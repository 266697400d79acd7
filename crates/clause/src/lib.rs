//! Tokens to clauses: predicates, arguments, negation, tense, modality, quotation.
