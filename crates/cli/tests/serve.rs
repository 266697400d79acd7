//! The room opened by the command: it says where it is, answers, and ends when told to.

#![allow(clippy::unwrap_used)]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

const PROGRAM: &str = env!("CARGO_BIN_EXE_entente");

fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples")
}

/// Ends the program also when a test fails.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn get(address: &str, path: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[test]
fn a_store_is_served_until_the_program_is_told_to_stop() {
    let folder = tempfile::tempdir().unwrap();
    let db = folder.path().join("entente.db");
    let ingested = Command::new(PROGRAM)
        .args(["ingest", "--lang", "en", "--db"])
        .arg(&db)
        .arg(samples().join("chn-rus-2024-wire.txt"))
        .output()
        .unwrap();
    assert!(ingested.status.success(), "{}", String::from_utf8_lossy(&ingested.stderr));
    let child = Command::new(PROGRAM)
        .args(["serve", "--lang", "en", "--listen", "127.0.0.1:0", "--db"])
        .arg(&db)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut running = Running(child);
    let mut said = String::new();
    BufReader::new(running.0.stdout.take().unwrap()).read_line(&mut said).unwrap();
    let address = said.strip_prefix("http://").and_then(|rest| rest.split('/').next()).unwrap().to_owned();
    let page = get(&address, "/relation/CHN-RUS");
    assert!(page.starts_with("HTTP/1.1 200 OK"), "{page}");
    assert!(page.contains("content-security-policy: default-src 'none'"), "{page}");
    assert!(page.contains("共同声明に署名"), "{page}");
    // The index that `ingest` made.
    let found = get(&address, "/search.json?q=%E5%85%B1%E5%90%8C%E5%A3%B0%E6%98%8E");
    assert!(found.starts_with("HTTP/1.1 200 OK") && found.contains("chn-rus-2024-wire.txt\""), "{found}");
    let facets = get(&address, "/search?q=%E4%BC%9A%E8%AB%87");
    assert!(facets.contains("<mark>会談</mark>"), "{facets}");
    let nothing = get(&address, "/search.json?q=%E9%AF%A8");
    assert!(nothing.starts_with("HTTP/1.1 200 OK") && !nothing.contains("chn-rus-2024-wire"), "{nothing}");
    let person = get(&address, "/actor/%E7%BF%92%E8%BF%91%E5%B9%B3");
    assert!(person.starts_with("HTTP/1.1 200 OK") && person.contains("chn-rus-2024-wire"), "{person}");
    assert!(get(&address, "/assets/echarts.js").starts_with("HTTP/1.1 200 OK"));
    for outside in ["/assets/../Cargo.toml", "/assets/..%2F..%2FCargo.toml", "/assets/", "//etc/passwd"] {
        assert!(get(&address, outside).starts_with("HTTP/1.1 404"), "{outside}");
    }
    #[cfg(unix)]
    {
        let told = Command::new("kill").arg(running.0.id().to_string()).status().unwrap();
        assert!(told.success());
        assert!(running.0.wait().unwrap().success());
    }
}

#[test]
fn what_cannot_be_served_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("none.db");
    let run = |args: &[&str]| {
        let mut command = Command::new(PROGRAM);
        command.args(["serve", "--lang", "en", "--db"]).arg(&missing).args(args).env_remove("ENTENTE_TOKEN");
        command.output().unwrap()
    };
    for (args, code, words) in [
        (&[][..], 1, "there is no store here"),
        (&["--listen", "nowhere"][..], 2, "--listen"),
        (&["--allow-edit"][..], 2, "corrections need a token"),
        (&["--token-file", "x"][..], 2, "--allow-edit"),
    ] {
        let output = run(args);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(code), "{args:?}: {said}");
        assert!(said.contains(words), "{args:?}: {said}");
    }
}
