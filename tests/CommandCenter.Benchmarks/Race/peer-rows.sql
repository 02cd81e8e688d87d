-- Counting row by row: what is written first, and what most teams keep.
create function count_event() returns trigger language plpgsql as $$
begin
  case new.type
    when 1 then
      insert into cases (filed_at, claim_fen, no, court, number, cause, filing)
      values (new.at, new.amount_fen, new.case_no, new.court, new.case_number, new.code, new.body);
    when 2 then update cases set handler = new.code, node = 'FA' where number = new.case_number;
    when 3 then update cases set node = new.code where number = new.case_number;
    when 5 then update cases set funds_in_fen = funds_in_fen + new.amount_fen where number = new.case_number;
    when 6 then update cases set funds_out_fen = funds_out_fen + new.amount_fen where number = new.case_number;
    when 8 then update cases set status = 2, way = new.code, closed_at = new.at where number = new.case_number and status = 1;
    when 9 then return null;
    else perform 1 from cases where number = new.case_number;
  end case;
  if not found then
    raise exception 'An event of an unknown case, or one that closes it twice.' using errcode = 'CC001';
  end if;

  if new.type in (1, 5, 6, 8) then
    insert into court_windows as w values (
      date_bin('5 minutes', new.at, timestamptz '2000-01-01 00:00:00+00'), (new.type = 1)::int, (new.type = 8)::int,
      (new.type = 8 and new.code = 'ZB')::int, case when new.type = 5 then new.amount_fen else 0 end,
      case when new.type = 6 then new.amount_fen else 0 end, new.court)
    on conflict (court, window_start) do update set
      received = w.received + excluded.received, closed = w.closed + excluded.closed, terminal = w.terminal + excluded.terminal,
      funds_in_fen = w.funds_in_fen + excluded.funds_in_fen, funds_out_fen = w.funds_out_fen + excluded.funds_out_fen;
    insert into court_days as d values (
      (new.type = 1)::int, (new.type = 8)::int, (new.type = 8 and new.code = 'ZB')::int,
      case when new.type = 5 then new.amount_fen else 0 end, case when new.type = 6 then new.amount_fen else 0 end,
      ((new.at at time zone 'UTC') + interval '8 hours')::date, new.court)
    on conflict (court, day) do update set
      received = d.received + excluded.received, closed = d.closed + excluded.closed, terminal = d.terminal + excluded.terminal,
      funds_in_fen = d.funds_in_fen + excluded.funds_in_fen, funds_out_fen = d.funds_out_fen + excluded.funds_out_fen;
  end if;
  return null;
end $$;

create trigger count_event after insert on events for each row execute function count_event();
