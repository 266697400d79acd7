//! The databases that tests run on: a file, and a database of a real PostgreSQL server.

#![allow(dead_code)]

use entente_store::sql::Connection;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// A server that lives as long as this process.
pub struct Server {
    /// Where databases are made: an address up to the name of the database, and what follows it.
    before: String,
    after: String,
    admin: String,
    /// The shell that keeps the server; it ends both when its standard input does.
    _keeper: Option<Child>,
}

static SERVER: LazyLock<Option<Server>> = LazyLock::new(|| {
    let server = Server::given().or_else(Server::start);
    if server.is_none() {
        // Past the capture of the test harness, which would hide it.
        let _ = writeln!(
            std::io::stderr(),
            "skipped: the tests on PostgreSQL, because neither ENTENTE_TEST_POSTGRES nor a server of Debian's package \
             `postgresql` is there; help: apt-get install postgresql"
        );
    }
    server
});

/// How many databases were made.
static DATABASES: AtomicUsize = AtomicUsize::new(0);

/// The server, where there is one.
pub fn server() -> Option<&'static Server> {
    SERVER.as_ref()
}

/// Runs a test on an SQLite file, and on a PostgreSQL database of its own.
pub fn on_both(test: impl Fn(&str)) {
    let folder = tempfile::tempdir().unwrap();
    test(&folder.path().join("test.db").display().to_string());
    if let Some(server) = server() {
        test(&server.database());
    }
}

impl Server {
    /// The server that the environment names.
    fn given() -> Option<Self> {
        let admin = std::env::var("ENTENTE_TEST_POSTGRES").ok().filter(|url| !url.is_empty())?;
        let (address, options) = admin.split_once('?').unwrap_or((&admin, ""));
        let (before, _) = address.rsplit_once('/')?;
        let after = if options.is_empty() { String::new() } else { format!("?{options}") };
        Some(Self { before: format!("{before}/"), after, admin: admin.clone(), _keeper: None })
    }

    /// A new server in a new folder, on a socket there.
    fn start() -> Option<Self> {
        let programs = programs()?;
        let folder = tempfile::Builder::new().prefix("entente-pg-").tempdir().ok()?.keep();
        let shown = folder.display();
        let postgres = programs.join("postgres");
        let script = format!(
            "cd {shown} || exit 1; \
             '{}' -D {shown}/data -A trust -U postgres -E UTF8 --no-sync >{shown}/log 2>&1 || exit 1; \
             printf 'local all guarded scram-sha-256\\nlocal all all trust\\n' > {shown}/data/pg_hba.conf; \
             '{}' -D {shown}/data -k {shown} -c listen_addresses= -c fsync=off >>{shown}/log 2>&1 & server=$!; \
             read -r end; kill -INT $server; wait $server; cd /; rm -rf {shown}",
            programs.join("initdb").display(),
            postgres.display(),
        );
        // The server refuses to run as root.
        let mut command = if is_root() {
            Command::new("chown")
                .args(["postgres", &shown.to_string()])
                .status()
                .ok()
                .filter(|status| status.success())?;
            let mut command = Command::new("runuser");
            command.args(["-u", "postgres", "--", "sh", "-c", &script]);
            command
        } else {
            let mut command = Command::new("sh");
            command.args(["-c", &script]);
            command
        };
        let mut keeper =
            command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().ok()?;
        let before = format!("postgres://postgres@{}/", folder.display().to_string().replace('/', "%2F"));
        let admin = format!("{before}postgres");
        for _ in 0..600 {
            if Connection::open(&admin, Duration::from_secs(5)).is_ok() {
                return Some(Self { before, after: String::new(), admin, _keeper: Some(keeper) });
            }
            if keeper.try_wait().ok()?.is_some() {
                break;
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        let log = std::fs::read_to_string(folder.join("log")).unwrap_or_default();
        panic!("PostgreSQL is there, but does not start:\n{log}");
    }

    /// The address of a database by its name.
    pub fn address(&self, name: &str) -> String {
        format!("{}{name}{}", self.before, self.after)
    }

    /// The address of a new, empty database.
    pub fn database(&self) -> String {
        let name = format!("entente_{}_{}", std::process::id(), DATABASES.fetch_add(1, Ordering::Relaxed));
        self.run(&format!("CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'"));
        self.address(&name)
    }

    /// Runs a statement as the owner of the server.
    pub fn run(&self, sql: &str) {
        Connection::open(&self.admin, Duration::from_secs(60)).unwrap().batch(sql).unwrap();
    }

    /// Whether this is a server of ours, which asks the role `guarded` for its password.
    pub fn is_ours(&self) -> bool {
        self._keeper.is_some()
    }
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout == b"0\n")
}

/// The folder of the server's programs: in the path, or where Debian puts them, the newest first.
fn programs() -> Option<PathBuf> {
    let has = |folder: &Path| folder.join("postgres").is_file() && folder.join("initdb").is_file();
    let path = std::env::var_os("PATH").unwrap_or_default();
    if let Some(folder) = std::env::split_paths(&path).find(|folder| has(folder)) {
        return Some(folder);
    }
    let mut versions: Vec<(u32, PathBuf)> = std::fs::read_dir("/usr/lib/postgresql")
        .ok()?
        .flatten()
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin"))))
        .filter(|(_, folder)| has(folder))
        .collect();
    versions.sort();
    versions.pop().map(|(_, folder)| folder)
}
