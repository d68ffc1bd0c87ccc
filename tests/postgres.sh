#!/usr/bin/env bash
# Runs a command with a PostgreSQL of its own, thrown away afterwards:
#
#   tests/postgres.sh cargo nextest run
#
# The command finds it in VESTIBULE_TEST_POSTGRES, as a superuser who may create databases. It listens on a
# socket in a private folder only, so nobody else on the machine reaches it and no port is taken. If
# VESTIBULE_TEST_POSTGRES is set already, that cluster is used and left alone.
set -euo pipefail

if [[ $# -eq 0 ]]; then
  sed -n '2,/^set/{/^set/!s/^# \{0,1\}//p}' "$0"
  exit 2
fi
if [[ -n ${VESTIBULE_TEST_POSTGRES:-} ]]; then
  exec "$@"
fi

# The newest of those installed; Debian keeps them out of PATH.
bin=$(find /usr/lib/postgresql -mindepth 2 -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -n 1)
if [[ ! -x $bin/initdb ]]; then
  echo "PostgreSQL is not installed: apt-get install postgresql" >&2
  exit 1
fi

# A socket's path may have 107 characters, hence not below a long TMPDIR.
folder=$(mktemp -d /tmp/vestibule-postgres.XXXXXX)

# PostgreSQL refuses to run as root, so there its own user runs it.
as_owner() { (cd "$folder" && "$@"); }
if [[ $(id -u) -eq 0 ]]; then
  chown postgres: "$folder"
  as_owner() { (cd "$folder" && runuser -u postgres -- "$@"); }
fi

finish() {
  local code=$?
  trap - EXIT
  # pg_ctl ends the one server whose process id stands in this folder.
  as_owner "$bin/pg_ctl" stop --pgdata=data --mode=immediate --silent >/dev/null 2>&1 || true
  rm -rf "$folder"
  exit "$code"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

explain() {
  echo "PostgreSQL did not start:" >&2
  cat "$folder"/*.log >&2
  exit 1
}

# A linguistic collation, as real installations have, shows up every query that relies on byte order unsaid.
as_owner "$bin/initdb" --pgdata=data --username=postgres --auth=trust --encoding=UTF8 \
  --locale=C.UTF-8 --locale-provider=icu --icu-locale=en --no-sync --no-instructions \
  &> "$folder/initdb.log" || explain

# Nothing here has to survive a power cut.
cat >> "$folder/data/postgresql.conf" <<EOF
listen_addresses = ''
unix_socket_directories = '$folder'
max_connections = 400
fsync = off
synchronous_commit = off
full_page_writes = off
EOF
as_owner "$bin/pg_ctl" start --pgdata=data --wait --silent --log=server.log >/dev/null || explain

export VESTIBULE_TEST_POSTGRES="postgres://postgres@${folder//\//%2F}/postgres"
export PATH="$bin:$PATH"
"$@"
