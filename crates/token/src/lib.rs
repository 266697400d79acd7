//! The embedded Japanese dictionary and the tokenizer.
