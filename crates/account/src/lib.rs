//! Records of many documents joined into one account.
