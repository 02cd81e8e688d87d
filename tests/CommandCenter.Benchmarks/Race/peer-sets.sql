-- Counting by sets: one statement trigger sees a whole COPY and folds it by case, by window and by day.
-- Plans are made while the tables are empty; without the settings they would read all cases for every batch ever after.
create function count_batch() returns trigger language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare
  asked bigint;
  done bigint;
begin
  -- A case that is filed twice violates the key, which refuses the batch.
  insert into cases (filed_at, claim_fen, no, court, number, cause, filing)
  select at, amount_fen, case_no, court, case_number, code, body from batch where type = 1;

  with by_case as materialized (
    select case_number,
      -- The last of the batch: ids of one source rise, and a case has one source.
      (max(array[id, code]) filter (where type = 2))[2] as handler,
      (max(array[id, case type when 2 then 'FA' else code end]) filter (where type in (2, 3)))[2] as node, -- assigning is a node
      (sum(amount_fen) filter (where type = 5))::bigint as funds_in_fen,
      (sum(amount_fen) filter (where type = 6))::bigint as funds_out_fen,
      count(*) filter (where type = 8) as closings,
      max(code) filter (where type = 8) as way,
      max(at) filter (where type = 8) as closed_at,
      bool_or(type not in (4, 7)) as is_changed
    from batch
    where case_number is not null and type <> 1
    group by case_number
  ), changed as (
    update cases c set
      handler = coalesce(b.handler, c.handler),
      node = coalesce(b.node, c.node),
      funds_in_fen = c.funds_in_fen + coalesce(b.funds_in_fen, 0),
      funds_out_fen = c.funds_out_fen + coalesce(b.funds_out_fen, 0),
      status = case when b.closings > 0 then 2 else c.status end,
      way = coalesce(b.way, c.way),
      closed_at = coalesce(b.closed_at, c.closed_at)
    from by_case b
    where b.is_changed and c.number = b.case_number and (b.closings = 0 or (b.closings = 1 and c.status = 1))
    returning 1
  )
  select
    (select count(*) from by_case),
    (select count(*) from changed) + (select count(*) from by_case b join cases c on c.number = b.case_number where not b.is_changed)
  into asked, done;
  if asked <> done then
    raise exception 'The batch has an event of an unknown case or closes one twice.' using errcode = 'CC001';
  end if;

  -- In one order always, so that two connections wait for each other and never both for ever.
  with counted as materialized (
    select date_bin('5 minutes', at, timestamptz '2000-01-01 00:00:00+00') as window_start,
      count(*) filter (where type = 1) as received,
      count(*) filter (where type = 8) as closed,
      count(*) filter (where type = 8 and code = 'ZB') as terminal,
      coalesce(sum(amount_fen) filter (where type = 5), 0)::bigint as funds_in_fen,
      coalesce(sum(amount_fen) filter (where type = 6), 0)::bigint as funds_out_fen,
      court
    from batch
    where type in (1, 5, 6, 8)
    group by court, date_bin('5 minutes', at, timestamptz '2000-01-01 00:00:00+00')
  ), by_day as (
    insert into court_days as d
    select sum(received), sum(closed), sum(terminal), sum(funds_in_fen), sum(funds_out_fen),
      ((window_start at time zone 'UTC') + interval '8 hours')::date as day, court
    from counted group by court, day order by court, day
    on conflict (court, day) do update set
      received = d.received + excluded.received, closed = d.closed + excluded.closed, terminal = d.terminal + excluded.terminal,
      funds_in_fen = d.funds_in_fen + excluded.funds_in_fen, funds_out_fen = d.funds_out_fen + excluded.funds_out_fen
  )
  insert into court_windows as w
  select * from counted order by court, window_start
  on conflict (court, window_start) do update set
    received = w.received + excluded.received, closed = w.closed + excluded.closed, terminal = w.terminal + excluded.terminal,
    funds_in_fen = w.funds_in_fen + excluded.funds_in_fen, funds_out_fen = w.funds_out_fen + excluded.funds_out_fen;
  return null;
end $$;

create trigger count_batch after insert on events referencing new table as batch for each statement execute function count_batch();
