-- What a language model was sent for a question, whole: what left this machine can be read here. One row a
-- question; `body` is the last request of its rounds, which holds those before it.
create table model_requests (
    id         uuid primary key,
    asked_by   text not null,
    question   text not null,
    server     text not null,
    model      text not null,
    rounds     integer not null,
    body       text not null,
    tokens_in  bigint not null,
    tokens_out bigint not null,
    sent_at    timestamptz not null
);
create index model_requests_by_person on model_requests (asked_by, sent_at desc);
