//! The `wrapped` command.
fn main() {}
