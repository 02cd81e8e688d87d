-- What a good team builds on PostgreSQL for the same events, figures and lists. Two ways of counting follow in files of their own.

create table events (
  at timestamptz not null,
  amount_fen bigint,
  case_no integer,
  source smallint not null,
  type smallint not null, -- 1 filed, 2 assigned, 3 node, 4 controlled, 5 received, 6 disbursed, 7 released, 8 closed, 9 position
  court smallint not null,
  id text collate "C" not null,
  case_number text collate "C",
  code text collate "C", -- the cause, handler, node or way of closing: what is counted or listed stands outside the body
  reporter text collate "C",
  body text not null, -- the data as it came; text, because json and jsonb cost a check on every event
  primary key (source, id)
);

create table cases (
  filed_at timestamptz not null,
  closed_at timestamptz,
  claim_fen bigint not null,
  funds_in_fen bigint not null default 0,
  funds_out_fen bigint not null default 0,
  no integer not null,
  court smallint not null,
  status smallint not null default 1, -- 1 open, 2 closed
  number text collate "C" primary key,
  cause text collate "C" not null,
  handler text collate "C",
  node text collate "C" not null default 'LA', -- filing is a node
  way text collate "C",
  filing text not null -- with the parties
) with (fillfactor = 85);

-- A court's list by filing date, all of it or by status, handler or node.
create index cases_filed on cases (court, filed_at, no);
create index cases_status on cases (court, status, filed_at, no);
create index cases_handler on cases (court, handler, filed_at, no);
create index cases_node on cases (court, node, filed_at, no);

-- The five-minute windows hold what changed; a stock is their running sum, so a late event corrects every later stock by itself.
create table court_windows (
  window_start timestamptz not null,
  received bigint not null,
  closed bigint not null,
  terminal bigint not null,
  funds_in_fen bigint not null,
  funds_out_fen bigint not null,
  court smallint not null,
  primary key (court, window_start)
) with (fillfactor = 50);

-- The same by day of Shanghai, so that the figures of a year are a sum over days.
create table court_days (
  received bigint not null,
  closed bigint not null,
  terminal bigint not null,
  funds_in_fen bigint not null,
  funds_out_fen bigint not null,
  day date not null,
  court smallint not null,
  primary key (court, day)
) with (fillfactor = 50);

create table refused (
  id text collate "C" not null,
  code text collate "C" not null
);

-- The way round for a batch that was refused as a whole: finds what must not be counted, sets it aside and counts the rest.
-- The session has copied the batch into its temporary table incoming, whose column ordinal keeps the order.
create function take() returns table (accepted bigint, duplicates bigint, rejected bigint) language plpgsql as $$
begin
  analyze incoming;

  create temporary table verdicts on commit drop as
  with told as (
    select ordinal, source, id, concat_ws('|', type, at, court, case_number, reporter, body) as content from incoming
  ), repeated as (
    select t.ordinal, t.content,
      first_value(t.ordinal) over same as first_ordinal,
      case when e.id is null then first_value(t.content) over same
        else concat_ws('|', e.type, e.at, e.court, e.case_number, e.reporter, e.body) end as known_content,
      e.id is not null as is_known
    from told t left join events e on e.source = t.source and e.id = t.id
    window same as (partition by t.source, t.id order by t.ordinal)
  )
  select r.ordinal, case
    when not r.is_known and r.first_ordinal = r.ordinal then null
    when r.content = r.known_content then 'duplicate'
    else 'event.id-conflict'
  end as verdict
  from repeated r;

  update verdicts v set verdict = judged.verdict
  from (
    select i.ordinal, case
      when i.type = 1 and (c.number is not null or f.first_ordinal < i.ordinal) then 'case.already-filed'
      when i.type <> 1 and c.number is null and (f.first_ordinal is null or f.first_ordinal > i.ordinal) then 'case.unknown'
      when i.type = 8 and (c.status = 2 or row_number() over (partition by i.case_number, i.type order by i.ordinal) > 1) then 'case.already-closed'
    end as verdict
    from incoming i
    join verdicts n on n.ordinal = i.ordinal and n.verdict is null
    left join cases c on c.number = i.case_number
    left join (select case_number, min(ordinal) as first_ordinal from incoming where type = 1 group by case_number) f on f.case_number = i.case_number
    where i.case_number is not null
  ) judged
  where judged.ordinal = v.ordinal and judged.verdict is not null;

  insert into refused select i.id, v.verdict from incoming i join verdicts v using (ordinal) where v.verdict <> 'duplicate';
  insert into events
  select at, amount_fen, case_no, source, type, court, id, case_number, code, reporter, body
  from incoming join verdicts using (ordinal) where verdict is null order by ordinal;
  return query select
    count(*) filter (where verdict is null), count(*) filter (where verdict = 'duplicate'), count(*) filter (where verdict <> 'duplicate')
  from verdicts;
end $$;
