-- A person may end a refusal before its time.
alter table decisions drop constraint decisions_act_check;
alter table decisions add constraint decisions_act_check
    check (act in ('approve', 'reject', 'expire', 'supersede', 'undo', 'ask_again'));
