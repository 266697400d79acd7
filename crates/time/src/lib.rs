//! Times: expressions of date and their EDTF values.
