#!/usr/bin/env bash
# What the Lakebase workflow does, one command per step: login, fresh, delete, migrate, schema,
# test, comment. Needs curl, jq, psql and python3, which GitHub's Ubuntu runners have.
# Made by LakebaseOps (setup_cicd_pipeline).
set -euo pipefail

: "${RUNNER_TEMP:?}" "${DATABRICKS_HOST:?set the repository variable DATABRICKS_HOST}"
readonly API="${DATABRICKS_HOST%/}/api/2.0"
readonly TOKEN_HEADER="$RUNNER_TEMP/lakebase-header"
readonly WAIT="${LAKEBASE_WAIT_SECONDS:-300}"
readonly PAUSE="${LAKEBASE_POLL_SECONDS:-2}"
readonly HERE="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"

fail() { echo "::error::$*" >&2; exit 1; }

# call METHOD URL HEADER_FILE [BODY]: answer in $ANSWER, status in $STATUS; no secret in any argument.
call() {
  local args=(--silent --show-error --max-time 30 --request "$1" --header "@$3" --write-out '\n%{http_code}')
  if [ $# -ge 4 ]; then args+=(--header 'Content-Type: application/json' --data-binary "$4"); fi
  local all
  all="$(curl "${args[@]}" "$2")" || fail "no answer from ${2%%\?*}"
  STATUS="${all##*$'\n'}"
  ANSWER="${all%$'\n'*}"
}

lakebase() { call "$1" "$API/$2" "$TOKEN_HEADER" "${@:3}"; }

said() { jq -r '"\(.error_code // "error"): \(.message // "no message")"' <<<"$ANSWER" 2>/dev/null || echo "HTTP $STATUS"; }

branch_path() { printf 'postgres/projects/%s/branches/%s' "$LAKEBASE_PROJECT" "$1"; }

deadline() { echo $((SECONDS + WAIT)); }

# A short-lived workspace token for GitHub's identity of this run; nothing is stored in the repository.
login() {
  : "${ACTIONS_ID_TOKEN_REQUEST_URL:?the job needs permission id-token: write, and runs for a fork get none: migrate from a branch of this repository}" "${DATABRICKS_CLIENT_ID:?}"
  umask 077
  printf 'Authorization: bearer %s' "$ACTIONS_ID_TOKEN_REQUEST_TOKEN" >"$RUNNER_TEMP/github-header"
  call GET "$ACTIONS_ID_TOKEN_REQUEST_URL&audience=$DATABRICKS_HOST" "$RUNNER_TEMP/github-header"
  [ "$STATUS" = 200 ] || fail "GitHub gave no identity token (HTTP $STATUS)"
  jq -rj .value <<<"$ANSWER" >"$RUNNER_TEMP/subject"
  local answer token
  answer="$(curl --silent --show-error --fail-with-body --max-time 30 \
    --data-urlencode grant_type=urn:ietf:params:oauth:grant-type:token-exchange \
    --data-urlencode subject_token_type=urn:ietf:params:oauth:token-type:jwt \
    --data-urlencode "subject_token@$RUNNER_TEMP/subject" \
    --data-urlencode scope=all-apis --data-urlencode "client_id=$DATABRICKS_CLIENT_ID" \
    "${DATABRICKS_TOKEN_URL:-${DATABRICKS_HOST%/}/oidc/v1/token}")" || fail "the workspace refused the identity token"
  rm -f "$RUNNER_TEMP/subject" "$RUNNER_TEMP/github-header"
  token="$(jq -r '.access_token // empty' <<<"$answer")"
  [ -n "$token" ] || fail "the workspace gave no token"
  echo "::add-mask::$token"
  printf 'Authorization: Bearer %s' "$token" >"$TOKEN_HEADER"
}

# Polls current_state of the branch and pending_state of its endpoint until both have settled.
await_ready() {
  local branch="$1" operation="$2" until state endpoint
  until="$(deadline)"
  while [ "$SECONDS" -lt "$until" ]; do
    lakebase GET "$(branch_path "$branch")"
    state="$(jq -r '.status.current_state // "none"' <<<"$ANSWER")"
    if [ "$STATUS" = 200 ] && [ "$state" = READY ]; then
      lakebase GET "$(branch_path "$branch")/endpoints"
      endpoint="$(jq -r '[.endpoints[]? | select(.status.endpoint_type == "ENDPOINT_TYPE_READ_WRITE")][0]
        | if . == null or .status.pending_state != null then "" else .name end' <<<"$ANSWER")"
      if [ -n "$endpoint" ]; then return 0; fi
    elif [ -n "$operation" ]; then
      lakebase GET "postgres/$operation"
      if jq -e '.error != null' <<<"$ANSWER" >/dev/null; then
        fail "branch $branch: $(jq -r .error.message <<<"$ANSWER")"
      fi
    fi
    sleep "$PAUSE"
  done
  fail "branch $branch is $state after $WAIT s"
}

delete_branch() {
  local branch="$1" until
  until="$(deadline)"
  while [ "$SECONDS" -lt "$until" ]; do
    lakebase GET "$(branch_path "$branch")"
    if [ "$STATUS" = 404 ]; then echo "branch $branch is gone"; return 0; fi
    [ "$STATUS" = 200 ] || fail "branch $branch: $(said)"
    lakebase DELETE "$(branch_path "$branch")?purge=true"
    case "$STATUS" in
      200 | 404 | 409) ;; # 409: its endpoint still settles
      *) fail "branch $branch cannot be deleted: $(said)" ;;
    esac
    sleep "$PAUSE"
  done
  fail "branch $branch is still there after $WAIT s"
}

# A branch left by an earlier push is made anew: a migration changed since must run on clean ground.
fresh() {
  local branch="$1" source="$2" ttl="$3" body operation
  delete_branch "$branch" >/dev/null
  body="$(jq -n --arg s "projects/$LAKEBASE_PROJECT/branches/$source" --arg t "$ttl" '{spec: {source_branch: $s, ttl: $t}}')"
  lakebase POST "postgres/projects/$LAKEBASE_PROJECT/branches?branch_id=$branch" "$body"
  [ "$STATUS" = 200 ] || fail "branch $branch: $(said)"
  operation="$(jq -r '.name // empty' <<<"$ANSWER")"
  await_ready "$branch" "$operation"
  echo "branch $branch is ready"
}

# Exports what libpq reads, with a password that is checked at login only.
connect() {
  local branch="$1" hosts endpoint
  await_ready "$branch" ""
  endpoint="$(jq -r '[.endpoints[] | select(.status.endpoint_type == "ENDPOINT_TYPE_READ_WRITE")][0].name' <<<"$ANSWER")"
  hosts="$(jq --arg n "$endpoint" '.endpoints[] | select(.name == $n) | .status.hosts' <<<"$ANSWER")"
  lakebase POST postgres/credentials "$(jq -n --arg e "$endpoint" '{endpoint: $e}')"
  [ "$STATUS" = 200 ] || fail "no credential for $endpoint: $(said)"
  PGPASSWORD="$(jq -r .token <<<"$ANSWER")"
  if [ -n "${GITHUB_ACTIONS:-}" ]; then echo "::add-mask::$PGPASSWORD" >&2; fi
  lakebase GET preview/scim/v2/Me
  PGUSER="$(jq -r '.userName // .applicationId' <<<"$ANSWER")"
  PGHOST="$(jq -r .host <<<"$hosts")"
  # The platform's endpoints all listen on one port, which it does not name.
  PGPORT="$(jq -r '.port // 5432' <<<"$hosts")"
  PGDATABASE="$LAKEBASE_DATABASE"
  PGSSLMODE=require
  PGCONNECT_TIMEOUT=30
  PGAPPNAME=lakebase-ci
  # Waiting for a lock longer than this would make everyone else queue behind us.
  PGOPTIONS='-c lock_timeout=5s -c statement_timeout=20min'
  export PGPASSWORD PGUSER PGHOST PGPORT PGDATABASE PGSSLMODE PGCONNECT_TIMEOUT PGAPPNAME PGOPTIONS
}

sql() { psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 "$@"; }

# The sum Flyway keeps: CRC-32 over the lines without their ends and without a byte order mark.
checksum() {
  python3 -c '
import re, sys, zlib
lines = re.split("\r\n|\n|\r", open(sys.argv[1], encoding="utf-8-sig", newline="").read())
if lines and lines[-1] == "": lines.pop()
crc = 0
for line in lines: crc = zlib.crc32(line.encode("utf-8"), crc)
print(crc - (1 << 32) if crc >= 1 << 31 else crc)' "$1"
}

# Versioned files with Flyway names, in order, each once; the history table is Flyway's own.
migrate() {
  local directory="$2" file name version description sum known newest started applied=0
  connect "$1"
  sql --file "$HERE/history.sql"
  newest="$(sql -At -c "select version from flyway_schema_history where success and version is not null order by string_to_array(version, '.')::int8[] desc limit 1")"
  if [ ! -d "$directory" ]; then fail "there is no directory $directory"; fi
  while IFS= read -r -d '' file; do
    name="$(basename "$file")"
    [[ "$name" =~ ^V([0-9]+([._][0-9]+)*)__(.+)\.sql$ ]] || fail "$name is not named like V1__what_it_does.sql"
    version="${BASH_REMATCH[1]//_/.}"
    description="${BASH_REMATCH[3]//_/ }"
    sum="$(checksum "$file")"
    known="$(sql -At -v v="$version" <<<"select coalesce(checksum::text, 'none') from flyway_schema_history where version = :'v' and success")"
    if [ -n "$known" ]; then
      if [ "$known" != none ] && [ "$known" != "$sum" ]; then fail "$name was changed after it had been applied"; fi
      continue
    fi
    if [ -n "$newest" ] && [ "$(printf '%s\n%s\n' "$newest" "$version" | sort -V | tail -n 1)" = "$newest" ]; then
      fail "$name is older than $newest, which is applied already"
    fi
    started="$(date +%s%3N)"
    echo "applying $name"
    local record=(-v v="$version" -v d="$description" -v s="$name" -v c="$sum" -v t="$started" --file "$HERE/record.sql")
    if outside_transaction "$file"; then
      sql --file "$file" || fail "$name failed and may be half applied; nothing after it was applied"
      sql "${record[@]}"
    else
      sql --single-transaction --file "$file" "${record[@]}" || fail "$name failed and was rolled back; nothing after it was applied"
    fi
    newest="$version"
    applied=$((applied + 1))
  done < <(find "$directory" -maxdepth 1 -name 'V*.sql' -print0 | sort -zV)
  echo "$applied migrations applied"
}

# Statements that refuse a transaction block.
outside_transaction() {
  [ -f "$1.conf" ] && grep -qi '^executeInTransaction=false' "$1.conf" && return 0
  sed -e 's/--.*//' "$1" | grep -Eqi '\bconcurrently\b|^[[:space:]]*(vacuum|create[[:space:]]+database|alter[[:space:]]+system)\b'
}

schema() { connect "$1"; sql -At --file "$HERE/schema.sql"; }

# For a shell that sources it.
environment() {
  local name
  connect "$1"
  for name in PGHOST PGPORT PGUSER PGPASSWORD PGDATABASE PGSSLMODE PGAPPNAME; do printf 'export %s=%q\n' "$name" "${!name}"; done
}

# Files that raise an exception when something is wrong, then the project's own command if it has one.
run_tests() {
  local directory="$2" file
  connect "$1"
  if [ -d "$directory" ]; then
    while IFS= read -r -d '' file; do
      echo "checking $(basename "$file")"
      sql --single-transaction --file "$file" >/dev/null || fail "$(basename "$file") failed"
    done < <(find "$directory" -maxdepth 1 -name '*.sql' -print0 | sort -zV)
  fi
  if [ -n "${TEST_COMMAND:-}" ]; then bash -euo pipefail -c "$TEST_COMMAND"; fi
}

# One comment per pull request, found again by its first line.
comment() {
  local number="$1" mark='<!-- lakebase-pull-request -->' page=1 id='' body
  umask 077
  printf 'Authorization: Bearer %s' "${GITHUB_TOKEN:?}" >"$RUNNER_TEMP/github-header"
  local base="${GITHUB_API_URL:?}/repos/${GITHUB_REPOSITORY:?}"
  touch "$RUNNER_TEMP/before.txt"
  [ -f "$RUNNER_TEMP/after.txt" ] || cp "$RUNNER_TEMP/before.txt" "$RUNNER_TEMP/after.txt"
  diff --unified=0 --label before --label after "$RUNNER_TEMP/before.txt" "$RUNNER_TEMP/after.txt" >"$RUNNER_TEMP/schema.diff" || true
  {
    printf '%s\n### Lakebase branch `%s`\n\n' "$mark" "$LAKEBASE_BRANCH"
    printf '| step | outcome |\n| --- | --- |\n| branch from `%s` | %s |\n| migrations | %s |\n| tests | %s |\n\n' \
      "$LAKEBASE_SOURCE" "${BRANCH_OUTCOME:-unknown}" "${MIGRATE_OUTCOME:-unknown}" "${TEST_OUTCOME:-unknown}"
    if [ -s "$RUNNER_TEMP/schema.diff" ]; then
      # A comment holds 65,536 characters; tildes cannot be ended by what a schema may contain.
      printf '~~~~~~~~~~~~diff\n'
      head -c 50000 "$RUNNER_TEMP/schema.diff" | iconv -c -f utf-8 -t utf-8
      printf '\n~~~~~~~~~~~~\n'
    else
      printf 'The schema is unchanged.\n'
    fi
  } >"$RUNNER_TEMP/comment.md"
  while [ -z "$id" ]; do
    call GET "$base/issues/$number/comments?per_page=100&page=$page" "$RUNNER_TEMP/github-header"
    [ "$STATUS" = 200 ] || fail "comments cannot be read (HTTP $STATUS)"
    id="$(jq -r --arg m "$mark" '[.[] | select(.body | startswith($m))][0].id // empty' <<<"$ANSWER")"
    [ "$(jq length <<<"$ANSWER")" = 100 ] || break
    page=$((page + 1))
  done
  jq -n --rawfile b "$RUNNER_TEMP/comment.md" '{body: $b}' >"$RUNNER_TEMP/comment.json"
  body="@$RUNNER_TEMP/comment.json"
  if [ -n "$id" ]; then
    call PATCH "$base/issues/comments/$id" "$RUNNER_TEMP/github-header" "$body"
  else
    call POST "$base/issues/$number/comments" "$RUNNER_TEMP/github-header" "$body"
  fi
  rm -f "$RUNNER_TEMP/github-header"
  case "$STATUS" in 200 | 201) ;; *) fail "the comment was not written (HTTP $STATUS)" ;; esac
}

case "${1:-}" in
  login) login ;;
  fresh) fresh "$2" "$3" "$4" ;;
  delete) delete_branch "$2" ;;
  migrate) migrate "$2" "$3" ;;
  schema) schema "$2" ;;
  env) environment "$2" ;;
  test) run_tests "$2" "$3" ;;
  comment) comment "$2" ;;
  *) fail "usage: lakebase.sh login | fresh BRANCH SOURCE TTL | delete BRANCH | migrate BRANCH DIR | schema BRANCH | env BRANCH | test BRANCH DIR | comment PR" ;;
esac
