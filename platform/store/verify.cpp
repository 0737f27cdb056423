#include "platform/store/verify.hpp"

#include <soci/soci.h>

#include <algorithm>

#include "platform/store/check_cuts.hpp"
#include "platform/store/check_hours.hpp"
#include "platform/store/check_supply.hpp"
#include "platform/store/database.hpp"
#include "platform/store/journal_tables.hpp"
#include "platform/store/question.hpp"
#include "platform/store/replay.hpp"

namespace anju::platform {
namespace {

/// One row per thing that is wrong; its single column says what. :now, once, is until when the books were kept, in milliseconds.
struct Query {
  const char* name;
  const char* promise;
  const char* sql;
};

const Query kQueries[] = {
    {"balance_is_sum", "every balance is the sum of its transfers (L1, Q1a)",
     "SELECT 'account ' || a.id FROM account a LEFT JOIN (SELECT account, sum(amount) AS amount FROM"
     " (SELECT credit AS account, amount_micro_yuan AS amount FROM transfer UNION ALL SELECT debit, -amount_micro_yuan FROM transfer)"
     " AS moved GROUP BY account) t ON t.account = a.id WHERE a.balance_micro_yuan <> coalesce(t.amount, 0)"},
    {"source_documents", "what residents have is what was recharged minus what was deducted, per site (L1, Q1b)",
     "SELECT 'site ' || site FROM (SELECT site, balance_micro_yuan AS d FROM account WHERE kind = 'meter'"
     " UNION ALL SELECT site, -amount_micro_yuan FROM recharge"
     " UNION ALL SELECT t.site, CASE WHEN a.kind = 'meter' THEN t.amount_micro_yuan ELSE -t.amount_micro_yuan END"
     "   FROM transfer t JOIN account a ON a.id = t.debit WHERE t.kind <> 1) AS parts GROUP BY site HAVING sum(d) <> 0"},
    {"nothing_below_a_micro_yuan", "price x quantity = 1000 x deducted + what is carried, exactly (L1, Q1c)",
     "SELECT 'account ' || a.id FROM account a JOIN meter m ON m.account = a.id LEFT JOIN (SELECT meter, sum(nano_yuan) AS nano,"
     " sum(CASE WHEN c.kind = 'meter' THEN -amount_micro_yuan ELSE amount_micro_yuan END) AS amount FROM transfer"
     " JOIN account c ON c.id = credit WHERE transfer.kind = 0 GROUP BY meter) t ON t.meter = m.id"
     " WHERE coalesce(t.nano, 0) <> 1000 * coalesce(t.amount, 0) + a.remainder_nano_yuan"},
    {"double_entry", "both accounts of a transfer exist and belong to its site; a site's balances sum to zero (L2, Q2)",
     "SELECT 'transfer ' || t.id FROM transfer t LEFT JOIN account d ON d.id = t.debit LEFT JOIN account c ON c.id = t.credit"
     " WHERE d.id IS NULL OR c.id IS NULL OR d.site <> t.site OR c.site <> t.site"
     " UNION ALL SELECT 'site ' || site FROM account GROUP BY site HAVING sum(balance_micro_yuan) <> 0"},
    {"one_effect_per_reading", "an event of a stream has taken effect once (L3, Q3)",
     "SELECT 'stream ' || stream || ' seq ' || seq || ' item ' || item FROM reading GROUP BY stream, seq, item HAVING count(*) > 1"
     " UNION ALL SELECT 'reading ' || reading FROM transfer WHERE kind = 0 AND reading <> 0 GROUP BY reading HAVING count(*) > 1"},
    {"energy_billed", "energy billed = last - first register, rollovers, a person's decisions and changes of the register included (L4, Q4)",
     "SELECT 'meter ' || m.id FROM meter m JOIN meter_register r ON r.meter = m.id LEFT JOIN (SELECT meter, sum(quantity_e4) AS billed"
     " FROM transfer WHERE kind = 0 GROUP BY meter) t ON t.meter = m.id LEFT JOIN (SELECT d.meter AS meter, sum(d.billed_e4 -"
     " (q.total_e4 - d.from_total_e4)) AS by FROM reading_decision d JOIN reading q ON q.id = d.reading GROUP BY d.meter) d"
     " ON d.meter = m.id LEFT JOIN (SELECT meter, sum(last_total_e4 - next_total_e4) AS by FROM register_change GROUP BY meter) c ON c.meter = m.id"
     " WHERE coalesce(t.billed, 0) <> r.total_e4 - m.start_total_e4 + r.rollovers * 10000000000 + coalesce(d.by, 0) + coalesce(c.by, 0)"},
    {"register_changes_are_whole", "energy that no reading explains is a change of the register, and each has one deduction or none (L4)",
     "SELECT 'transfer ' || t.id FROM transfer t WHERE t.kind = 0 AND t.reading = 0 AND (SELECT count(*) FROM register_change c WHERE c.transfer = t.id) <> 1"
     " UNION ALL SELECT 'register change ' || c.id FROM register_change c LEFT JOIN transfer t ON t.id = c.transfer WHERE CASE WHEN c.transfer = 0 THEN"
     " c.billed_e4 <> 0 ELSE t.id IS NULL OR t.kind <> 0 OR t.reading <> 0 OR t.meter <> c.meter OR t.quantity_e4 <> c.billed_e4 END"
     " UNION ALL SELECT 'register change ' || id || ' bills a clearing' FROM register_change WHERE kind = 'clear' AND (billed_e4 <> 0 OR next_total_e4 <> 0)"},
    {"nothing_unacknowledged", "no reading lies beyond what its stream acknowledged (L5)",
     "SELECT 'reading ' || r.id FROM reading r LEFT JOIN stream s ON s.id = r.stream WHERE s.id IS NULL OR r.seq > s.last_seq"},
    {"order_of_streams", "the ledger keeps each stream's order (L6, Q6)",
     "SELECT 'reading ' || id FROM (SELECT id, seq, lag(seq) OVER (PARTITION BY stream ORDER BY id) AS earlier FROM reading)"
     " AS ordered WHERE seq < earlier"},
    {"heads_of_streams", "a gateway's stream is its newest one (L5)",
     "SELECT 'gateway ' || g.id FROM gateway g LEFT JOIN (SELECT gateway, max(id) AS newest FROM stream GROUP BY gateway) s ON s.gateway ="
     " g.id WHERE g.stream <> coalesce(s.newest, 0)"},
    {"only_good_readings_billed", "a refused reading is not deducted, unless a person decided so, and says why (L7)",
     "SELECT 'reading ' || r.id FROM reading r JOIN transfer t ON t.reading = r.id AND t.kind = 0 WHERE r.state <> 0"
     " AND NOT EXISTS (SELECT 1 FROM reading_decision d WHERE d.reading = r.id)"
     " UNION ALL SELECT 'decision ' || d.id FROM reading_decision d LEFT JOIN reading r ON r.id = d.reading WHERE r.id IS NULL OR r.state <> 2 OR"
     " r.meter <> d.meter"
     " UNION ALL SELECT 'reading ' || id FROM reading WHERE state = 2 AND reason IS NULL"
     " UNION ALL SELECT 'meter ' || m.meter FROM meter_register m LEFT JOIN (SELECT meter, count(*) AS n FROM reading WHERE state = 2"
     " GROUP BY meter) q ON q.meter = m.meter WHERE m.quarantined <> coalesce(q.n, 0)"},
    {"crossing_has_order", "every crossing of a trip threshold ordered something, or says why not (L8, Q8a)",
     "SELECT 'crossing ' || x.id FROM crossing x WHERE x.exemption IS NULL AND NOT EXISTS"
     " (SELECT 1 FROM command c WHERE c.crossing = x.id)"},
    {"orders_have_causes", "a cut-off for arrears names the crossing it follows, and that the balance it fell to (L8, L13)",
     "SELECT 'command ' || c.id FROM command c WHERE (c.cause = 'arrears' AND c.crossing = 0) OR (c.crossing <> 0 AND NOT EXISTS"
     " (SELECT 1 FROM crossing x WHERE x.id = c.crossing AND x.meter = c.meter))"
     " UNION ALL SELECT 'crossing ' || x.id FROM crossing x LEFT JOIN transfer t ON t.id = x.transfer WHERE t.id IS NULL OR t.meter <>"
     " x.meter OR t.balance_micro_yuan <> x.balance_micro_yuan"},
    {"nobody_is_forgotten", "a relay that is not as wanted has an order or a reading under way, or a person was told (L8, L9)",
     "SELECT 'meter ' || s.meter FROM meter_supply s WHERE s.pending_command = 0 AND CASE s.wanted WHEN 'open' THEN s.relay <> 'open' AND"
     " s.awaiting_read = 0 ELSE s.ordered <> 'nothing' AND s.relay <> 'awaiting_button' END AND NOT EXISTS (SELECT 1 FROM alarm a WHERE"
     " a.meter = s.meter AND a.code = 'command_unanswered')"
     " UNION ALL SELECT 'meter ' || s.meter FROM meter_supply s LEFT JOIN command c ON c.id = s.pending_command WHERE s.pending_command"
     " <> 0 AND (c.id IS NULL OR c.meter <> s.meter OR c.kind NOT IN ('trip', 'close') OR c.state NOT IN ('queued', 'sent', 'acked'))"},
    {"warnings_have_causes", "a warning names a balance that the account had, below the preset",
     "SELECT 'notice ' || id FROM notice WHERE balance_micro_yuan >= threshold_micro_yuan"
     " UNION ALL SELECT 'meter ' || meter || ' warned at ' || balance_micro_yuan FROM (SELECT meter, balance_micro_yuan FROM notice"
     " EXCEPT SELECT meter, balance_micro_yuan FROM transfer) AS warned"},
    {"no_command_hangs", "an order without success after a minute is an alarm (L8, Q8b)",
     "SELECT 'command ' || c.id FROM command c WHERE c.state NOT IN ('verified', 'cancelled') AND c.kind <> 'live' AND c.created_ms < :now - 65000"
     " AND NOT EXISTS (SELECT 1 FROM alarm a WHERE a.command = c.id)"},
    {"recharge_once", "a recharge is one transfer of its amount to its meter's account (L9)",
     "SELECT 'recharge ' || r.id FROM recharge r LEFT JOIN transfer t ON t.id = r.transfer LEFT JOIN meter m ON m.id = r.meter"
     " WHERE t.id IS NULL OR t.kind <> 1 OR t.amount_micro_yuan <> r.amount_micro_yuan OR t.credit <> m.account"
     " UNION ALL SELECT 'transfer ' || transfer FROM recharge GROUP BY transfer HAVING count(*) > 1"
     " UNION ALL SELECT 'transfer ' || t.id FROM transfer t WHERE t.kind = 1 AND NOT EXISTS"
     " (SELECT 1 FROM recharge r WHERE r.transfer = t.id)"},
    {"documents_have_transfers", "a settlement moved its balance, an adjustment its amount, and nothing else corrects an account (L1)",
     "SELECT 'settlement ' || x.id FROM settlement x JOIN meter m ON m.id = x.meter LEFT JOIN transfer t ON t.id = x.transfer WHERE CASE WHEN"
     " x.balance_micro_yuan = 0 THEN x.transfer <> 0 ELSE t.id IS NULL OR t.kind <> 2 OR t.meter <> x.meter OR t.balance_micro_yuan <> 0 OR"
     " t.amount_micro_yuan <> abs(x.balance_micro_yuan) OR CASE WHEN x.balance_micro_yuan > 0 THEN t.debit ELSE t.credit END <> m.account END"
     " UNION ALL SELECT 'adjustment ' || x.id FROM adjustment x JOIN meter m ON m.id = x.meter LEFT JOIN transfer t ON t.id = x.transfer WHERE"
     " t.id IS NULL OR t.kind <> 2 OR t.meter <> x.meter OR t.amount_micro_yuan <> abs(x.amount_micro_yuan) OR CASE WHEN x.amount_micro_yuan < 0"
     " THEN t.debit ELSE t.credit END <> m.account"
     " UNION ALL SELECT 'transfer ' || t.id FROM transfer t WHERE t.kind = 2 AND (SELECT count(*) FROM settlement s WHERE s.transfer = t.id) +"
     " (SELECT count(*) FROM adjustment a WHERE a.transfer = t.id) + (SELECT count(*) FROM fee_payment f WHERE f.received = t.id) +"
     " (SELECT count(*) FROM fee_payment f WHERE f.passed_on = t.id) <> 1"
     " UNION ALL SELECT 'fee payment ' || x.id FROM fee_payment x JOIN meter m ON m.id = x.meter LEFT JOIN transfer i ON i.id = x.received LEFT JOIN transfer o"
     " ON o.id = x.passed_on WHERE CASE WHEN x.amount_micro_yuan = 0 THEN x.received <> 0 OR x.passed_on <> 0 ELSE i.id IS NULL OR o.id IS NULL OR i.kind <> 2 OR"
     " o.kind <> 2 OR i.credit <> m.account OR o.debit <> m.account OR i.amount_micro_yuan <> x.amount_micro_yuan OR o.amount_micro_yuan <> x.amount_micro_yuan END"
     " UNION ALL SELECT 'settlement ' || id || ' adds up to another rest' FROM settlement WHERE recharged_micro_yuan + adjusted_micro_yuan -"
     " fee_micro_yuan <> balance_micro_yuan"},
    {"no_trip_on_stale_readings", "no cut-off for arrears rests on a reading older than 30 minutes (L10, Q10)",
     "SELECT 'command ' || id FROM command WHERE kind = 'trip' AND cause = 'arrears' AND reading_age_ms > 1800000"},
    {"histories_are_whole", "rows of a meter are chained without a gap to the newest, from the newest that went on (L12)",
     "SELECT 'reading ' || id FROM (SELECT r.id AS id, r.previous AS previous, lag(r.id, 1, coalesce(c.newest_reading, 0)) OVER (PARTITION BY r.meter ORDER BY"
     " r.id) AS before FROM reading r LEFT JOIN meter_cut c ON c.meter = r.meter WHERE r.id > coalesce(c.newest_reading, 0)) AS walked WHERE previous <> before"
     " UNION ALL SELECT 'transfer ' || id FROM (SELECT t.id AS id, t.previous AS previous, lag(t.id, 1, coalesce(c.newest_transfer, 0)) OVER (PARTITION BY t.meter"
     " ORDER BY t.id) AS before FROM transfer t LEFT JOIN meter_cut c ON c.meter = t.meter WHERE t.id > coalesce(c.newest_transfer, 0)) AS walked"
     " WHERE previous <> before"
     " UNION ALL SELECT 'meter ' || m.meter FROM meter_register m LEFT JOIN (SELECT meter, max(id) AS newest FROM (SELECT meter, id FROM reading UNION ALL"
     " SELECT meter, newest_reading FROM meter_cut) AS known GROUP BY meter) r ON r.meter = m.meter WHERE m.newest_reading <> coalesce(r.newest, 0)"
     " UNION ALL SELECT 'account ' || a.id FROM account a JOIN meter m ON m.account = a.id LEFT JOIN (SELECT meter, max(id) AS newest FROM (SELECT meter, id FROM"
     " transfer UNION ALL SELECT meter, newest_transfer FROM meter_cut) AS known GROUP BY meter) t ON t.meter = m.id WHERE a.newest_transfer <> coalesce(t.newest, 0)"},
    {"sums_of_days", "the sums per day are the sums of the transfers",
     "SELECT 'meter ' || r.meter FROM meter_register r LEFT JOIN (SELECT meter, sum(quantity_e4) AS quantity, sum(amount_micro_yuan) AS"
     " amount FROM meter_day GROUP BY meter) d ON d.meter = r.meter LEFT JOIN (SELECT t.meter, sum(t.quantity_e4) AS quantity, sum(CASE"
     " WHEN c.kind = 'meter' THEN -t.amount_micro_yuan ELSE t.amount_micro_yuan END) AS amount FROM transfer t JOIN account c ON"
     " c.id = t.credit WHERE t.kind = 0 GROUP BY t.meter) t ON t.meter = r.meter WHERE coalesce(d.quantity, 0) + r.day_quantity_e4 <>"
     " coalesce(t.quantity, 0) OR coalesce(d.amount, 0) + r.day_amount_micro_yuan <> coalesce(t.amount, 0)"
     " UNION ALL SELECT 'site ' || s.site FROM (SELECT site, sum(quantity_e4 + water_e4) AS quantity, sum(recharged_micro_yuan) AS recharged FROM"
     " site_day GROUP BY site) s WHERE s.quantity <> (SELECT coalesce(sum(quantity_e4), 0) FROM transfer t WHERE t.site = s.site AND"
     " t.kind = 0) OR s.recharged <> (SELECT coalesce(sum(amount_micro_yuan), 0) FROM recharge r WHERE r.site = s.site)"
     " UNION ALL SELECT 'site ' || s.site || ' at four prices' FROM (SELECT site, sum(sharp_e4 + peak_e4 + flat_e4 + valley_e4) AS split FROM"
     " site_day GROUP BY site) s WHERE s.split <> (SELECT coalesce(sum(t.quantity_e4), 0) FROM transfer t JOIN price_plan_version v ON v.id ="
     " t.price_plan_version JOIN meter m ON m.id = t.meter WHERE t.site = s.site AND t.kind = 0 AND v.kind = 'tou' AND m.kind = 'electricity')"
     " UNION ALL SELECT 'site ' || s.site || ' water' FROM (SELECT site, sum(water_e4) AS water FROM site_day GROUP BY site) s WHERE s.water <> (SELECT"
     " coalesce(sum(t.quantity_e4), 0) FROM transfer t JOIN meter m ON m.id = t.meter WHERE t.site = s.site AND t.kind = 0 AND m.kind <> 'electricity')"},
    {"sums_of_spans", "a meter's months and its years are the sums of its finished days",
     "SELECT 'meter ' || coalesce(d.meter, s.meter) || ' ' || s.kind FROM (SELECT meter, CASE WHEN span > 9999 THEN 'months' ELSE 'years' END AS kind,"
     " sum(quantity_e4) AS quantity, sum(amount_micro_yuan) AS amount FROM meter_sum GROUP BY 1, 2) s LEFT JOIN (SELECT meter, sum(quantity_e4) AS"
     " quantity, sum(amount_micro_yuan) AS amount FROM meter_day GROUP BY meter) d ON d.meter = s.meter WHERE d.meter IS NULL OR d.quantity <>"
     " s.quantity OR d.amount <> s.amount"
     " UNION ALL SELECT 'meter ' || meter FROM meter_day WHERE meter NOT IN (SELECT meter FROM meter_sum WHERE span > 9999) GROUP BY meter"
     " UNION ALL SELECT 'meter ' || meter FROM meter_day WHERE meter NOT IN (SELECT meter FROM meter_sum WHERE span < 9999) GROUP BY meter"},
    {"connections_are_whole", "a gateway stands as its newest coming or going says, and so does a meter",
     "SELECT 'gateway ' || g.id FROM gateway g JOIN (SELECT gateway, max(id) AS newest FROM connection_change WHERE meter = 0 GROUP BY gateway) n"
     " ON n.gateway = g.id JOIN connection_change c ON c.id = n.newest WHERE c.online <> g.online"
     " UNION ALL SELECT 'meter ' || s.meter FROM meter_supply s JOIN (SELECT meter, max(id) AS newest FROM connection_change WHERE meter <> 0"
     " GROUP BY meter) n ON n.meter = s.meter JOIN connection_change c ON c.id = n.newest WHERE c.online <> s.reachable"},
    {"bindings_end_with_households", "who is bound to a meter is of the household that has its account, and a shared code let in as many as it counted",
     "SELECT 'binding ' || b.id FROM bound_meter b WHERE b.until_ms IS NULL AND (NOT EXISTS (SELECT 1 FROM meter m WHERE m.id = b.meter) OR b.opening <>"
     " coalesce((SELECT max(x.id) FROM opening x WHERE x.meter = b.meter AND NOT EXISTS (SELECT 1 FROM settlement z WHERE z.opening = x.id AND z.meter = x.meter"
     " AND z.closes = 1)), 0) OR b.opening = 0 AND EXISTS (SELECT 1 FROM settlement z WHERE z.meter = b.meter AND z.opening = 0 AND z.at_ms > b.since_ms))"
     " UNION ALL SELECT 'share ' || s.id FROM meter_share s WHERE s.used <> (SELECT count(*) FROM bound_meter b WHERE b.share = s.id)"},
};

Check run(soci::session& session, const Query& query, base::UtcMillis now) {
  Check check{query.name, query.promise, 0, {}};
  const auto note = [&check](Select& row) {
    ++check.wrong;
    if (check.first.size() < kMostFindings) check.first.push_back(row.text());
  };
  const std::string sql = query.sql;
  const auto place = sql.find(":now");
  if (place == std::string::npos) {
    each_row(session, 1, sql, note);
  } else {
    Question(session).text(sql.substr(0, place)).value(now.value).text(sql.substr(place + 4)).rows(note);
  }
  return check;
}

/// Until when somebody kept these books: what a platform that stood still has not done since is no fault of theirs.
base::UtcMillis kept_until(soci::session& session, base::UtcMillis now) {
  std::int64_t newest = 0;
  each_row(session, 1,
           "SELECT coalesce(max(at), 0) FROM (SELECT max(last_event_ms) AS at FROM gateway UNION ALL SELECT max(at_ms) FROM recharge"
           " UNION ALL SELECT max(raised_ms) FROM alarm UNION ALL SELECT max(cleared_ms) FROM alarm UNION ALL SELECT max(created_ms) FROM command"
           " UNION ALL SELECT max(sent_ms) FROM command UNION ALL SELECT max(ended_ms) FROM command UNION ALL SELECT max(at_ms) FROM connection_change) AS moments",
           [&newest](Select& row) { newest = row.integer(); });
  return std::min(now, base::UtcMillis(newest));
}

}  // namespace

base::Result<std::vector<Check>> verify(const std::string& url, base::UtcMillis now) {
  soci::session session;
  if (auto opened = open_session(session, url, true); !opened) return base::pass(opened);
  return guarded("verify", [&]() -> base::Result<std::vector<Check>> {
    engine_of(session).allow_own_tables(session);
    soci::transaction snapshot(session);  // one for all checks
    Check blocks{"blocks_hold_their_readings", "readings lie in blocks without a gap, each found by its times and ids, no byte of it changed", 0, {}};
    lay_out_journal(session, [&blocks](const std::string& what) {
      ++blocks.wrong;
      if (blocks.first.size() < kMostFindings) blocks.first.push_back(what);
    });
    std::vector<Check> checks{std::move(blocks)};
    const base::UtcMillis until = kept_until(session, now);
    for (const Query& query : kQueries) checks.push_back(run(session, query, until));
    checks.push_back(check_cuts(session));
    checks.push_back(check_hours(session));
    checks.push_back(check_supply(session));
    checks.push_back(replay(session));
    return checks;
  });
}

}  // namespace anju::platform
