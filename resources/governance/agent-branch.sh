#!/usr/bin/env bash
# A branch of its own for an AI agent: create TASK | env BRANCH | review BRANCH | delete BRANCH.
# Refuses names, lives and numbers the policy beside it does not allow. Needs DATABRICKS_HOST and
# DATABRICKS_TOKEN, curl, jq, psql and python3. Made by LakebaseOps (setup_ai_agent_branching).
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
: "${DATABRICKS_HOST:?}" "${DATABRICKS_TOKEN:?}"
policy() { jq -er ".$1" "$here/agent-policy.json"; }
RUNNER_TEMP="$(mktemp -d)"
trap 'rm -rf "$RUNNER_TEMP"' EXIT
umask 077
printf 'Authorization: Bearer %s' "$DATABRICKS_TOKEN" >"$RUNNER_TEMP/lakebase-header"
LAKEBASE_PROJECT="$(policy project)"
LAKEBASE_DATABASE="$(policy database)"
source_branch="$(policy source)"
export RUNNER_TEMP LAKEBASE_PROJECT LAKEBASE_DATABASE
lakebase() { bash "$here/lakebase.sh" "$@"; }
refuse() { echo "refused: $*" >&2; exit 3; }
own() { [[ "${1:-}" =~ ^ai-agent-[a-z0-9-]+-[a-z0-9]+$ ]] || refuse "'${1:-}' is no branch of an agent"; }

# Live branches of agents, page by page.
count() {
  local page='' total=0 answer
  while :; do
    answer="$(curl --silent --show-error --fail --max-time 30 --header "@$RUNNER_TEMP/lakebase-header" --get \
      --data-urlencode page_size=100 --data-urlencode "page_token=$page" \
      "${DATABRICKS_HOST%/}/api/2.0/postgres/projects/$LAKEBASE_PROJECT/branches")"
    total=$((total + $(jq '[.branches[]? | select(.status.branch_id // (.name | split("/") | last) | startswith("ai-agent-"))] | length' <<<"$answer")))
    page="$(jq -r '.next_page_token // ""' <<<"$answer")"
    [ -n "$page" ] || break
  done
  echo "$total"
}

create() {
  local task limit there id name
  task="$(tr '[:upper:]' '[:lower:]' <<<"${1:-}" | sed -E 's/[^a-z0-9]+/-/g; s/^-+|-+$//g' | cut -c 1-40 | sed -E 's/-+$//')"
  [ -n "$task" ] || refuse "name the task"
  limit="$(policy limit)"
  there="$(count)"
  [ "$there" -lt "$limit" ] || refuse "$there of $limit agent branches exist; delete one of your own or wait"
  id="$(od -An -N3 -tx1 /dev/urandom | tr -d ' \n')"
  name="ai-agent-$task-$id"
  lakebase fresh "$name" "$source_branch" "$(policy ttl_seconds)s" >&2
  echo "$name"
}

review() {
  own "$1"
  lakebase schema "$source_branch" >"$RUNNER_TEMP/before"
  lakebase schema "$1" >"$RUNNER_TEMP/after"
  diff --unified=0 --label "$source_branch" --label "$1" "$RUNNER_TEMP/before" "$RUNNER_TEMP/after" || [ "$?" = 1 ]
}

case "${1:-}" in
  create) create "${2:-}" ;;
  env) own "${2:-}"; lakebase env "$2" ;;
  review) review "${2:-}" ;;
  delete) own "${2:-}"; lakebase delete "$2" ;;
  *) refuse "usage: agent-branch.sh create TASK | env BRANCH | review BRANCH | delete BRANCH" ;;
esac
