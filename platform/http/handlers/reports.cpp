// Reports: what there is, a page of one, its sums.

#include <algorithm>
#include <charconv>

#include "platform/catalog/report.hpp"
#include "platform/http/answers.hpp"
#include "platform/http/api.hpp"
#include "platform/http/fields.hpp"
#include "platform/http/export.hpp"
#include "platform/http/handlers.hpp"
#include "platform/http/records_json.hpp"
#include "platform/http/too_wide.hpp"
#include "protocols/base/decimal.hpp"

namespace anju::platform {
namespace {

namespace json = boost::json;
using catalog::ColumnType;
using catalog::Report;
using catalog::ReportAsk;
using catalog::ReportRow;

constexpr base::Millis kDay = base::hours(24);
constexpr std::int64_t kUsualDays = 7;  ///< one week by default, as order lists have it (4:223)

std::string_view name_of(ColumnType type) {
  switch (type) {
    case ColumnType::text: return "text";
    case ColumnType::time: return "time";
    case ColumnType::day: return "day";
    case ColumnType::count: return "count";
    case ColumnType::money: return "money";
    case ColumnType::quantity: return "quantity";
    case ColumnType::price: return "price";
    case ColumnType::choice: return "choice";
    case ColumnType::meter: return "meter";
  }
  return "text";
}

json::object describe(const Report& report) {
  json::array columns;
  for (const catalog::Column& column : report.columns) {
    json::object one{{"name", column.name}, {"label", json_of(column.label)}, {"type", name_of(column.type)}, {"search", column.search}, {"sum", column.sum}};
    if (!column.help.zh.empty()) one["help"] = json_of(column.help);
    if (!column.choices.empty()) {
      json::array choices;
      for (const auto& choice : column.choices) choices.push_back(json::object{{"value", choice.value}, {"label", json_of(choice.label)}});
      one["choices"] = std::move(choices);
    }
    columns.push_back(std::move(one));
  }
  return {{"name", report.name},   {"right", report.right}, {"label", json_of(report.label)}, {"hint", json_of(report.hint)}, {"words", json_of(report.words)},
          {"period", report.period}, {"sums", report.sums()},          {"columns", std::move(columns)}};
}

json::value shown(ColumnType type, std::int64_t number) {
  switch (type) {
    case ColumnType::money: return json::value(format(base::Money(number)));
    case ColumnType::quantity: return json::value(format(base::Quantity(number)));
    case ColumnType::price: return json::value(format(base::Price(number)));
    case ColumnType::day: return json::value(base::format_day(base::UtcMillis(number * kDay.value), 0));
    default: return number;
  }
}

json::object json_of(const Report& report, const ReportRow& row) {
  json::object object{{"key", row.key}};
  for (std::size_t i = 0; i < report.columns.size(); ++i) {
    const catalog::Column& column = report.columns[i];
    const catalog::Value& value = row.values.at(i);
    json::value& into = object[column.name];
    if (const auto* text = std::get_if<std::string>(&value)) {
      into = *text;
    } else if (const auto* number = std::get_if<std::int64_t>(&value)) {
      into = column.type == ColumnType::meter ? json::value(json::object{{"id", *number}, {"title", row.meter_title}}) : shown(column.type, *number);
    }
  }
  return object;
}

/// Where a page begins, as the page before said: numbers with dots between.
std::vector<std::int64_t> cursor_of(Arguments& arguments) {
  constexpr std::size_t kMostNumbers = 32;
  std::vector<std::int64_t> all;
  const std::string text = arguments.text("before", 400).value_or("");
  const char* at = text.data();
  const char* const end = at + text.size();
  while (at != end) {
    std::int64_t number = 0;
    const auto [rest, wrong] = std::from_chars(at, end, number);
    if (wrong != std::errc() || all.size() == kMostNumbers || (rest != end && (*rest != '.' || rest + 1 == end))) {
      arguments.refuse("before", "must be what the page before says in next");
      return {};
    }
    all.push_back(number);
    at = rest == end ? end : rest + 1;
  }
  return all;
}

json::value cursor_text(const std::vector<std::int64_t>& next) {
  if (next.empty()) return nullptr;
  std::string text;
  for (const std::int64_t number : next) text += (text.empty() ? "" : ".") + std::to_string(number);
  return json::value(text);
}

ReportAsk ask_of(Arguments& arguments, const Report& report, base::UtcMillis now) {
  ReportAsk ask;
  ask.site = arguments.text("site", 64);
  ask.search = arguments.text("search", 60).value_or("");
  ask.meter = arguments.integer("meter", 1, base::kMaxDecimal);
  for (const catalog::Column& column : report.columns) {
    if (!column.search) continue;
    std::vector<std::string_view> allowed;
    for (const auto& choice : column.choices) allowed.push_back(choice.value);
    if (auto word = arguments.one_of(column.name, allowed)) ask.equal.emplace_back(&column, std::move(*word));
  }
  ask.to = now;
  if (report.period) {
    ask.to = base::UtcMillis(arguments.integer("to", 0, base::kMaxDecimal).value_or(now.value + 1));
    ask.from = base::UtcMillis(arguments.integer("from", 0, base::kMaxDecimal).value_or((ask.to - kDay * kUsualDays).value));
    if (ask.from >= ask.to) arguments.refuse("from", "must be before to");
    if (ask.to - ask.from > kDay * catalog::kMostReportDays)
      arguments.refuse("from", "must be at most " + std::to_string(catalog::kMostReportDays) + " days before to");
    ask.to = std::min(ask.to, now + base::Millis(1));  // what comes is in no report
  }
  return ask;
}

template <class T>
Response refused(const base::Result<T>& result) {
  if (result.error().is(Errc::too_many)) return too_wide(result.error());
  return result.error().is(Errc::not_found) ? refuse(Refusal::not_found) : query_failed(result.error());
}

}  // namespace

void get_reports(const Call& call, Api&, Reply reply) {
  json::array all;
  for (const Report* report : catalog::reports())
    if (call.caller.may(std::string(report->right) + ":read")) all.push_back(describe(*report));
  json::object answer;
  answer["reports"] = std::move(all);
  reply(json_response(answer));
}

void list_report(const Call& call, Api& api, Reply reply) {
  Arguments arguments(call.request);
  ReportAsk ask = ask_of(arguments, *call.report, call.now);
  ask.before = cursor_of(arguments);
  ask.limit = arguments.integer("limit", 1, kMostCursorRows).value_or(50);
  if (arguments.problem()) return reply(refuse(*arguments.problem()));
  api.read(std::move(reply), [&api, &report = *call.report, scope = call.caller.scope(), ask = std::move(ask)](Queries&) {
    const auto page = api.ports().reports.page(report, scope, ask);
    if (!page) return refused(page);
    json::array rows;
    for (const ReportRow& row : page->rows) rows.push_back(json_of(report, row));
    json::object answer{{"rows", std::move(rows)}, {"next", cursor_text(page->next)}, {"through", nullptr}, {"since", nullptr}};
    if (page->through) answer["through"] = page->through->value;
    if (page->since) answer["since"] = page->since->value;
    return json_response(answer);
  });
}

void export_report(const Call& call, Api& api, Reply reply) {
  Arguments arguments(call.request);
  ReportAsk ask = ask_of(arguments, *call.report, call.now);
  if (arguments.problem()) return reply(refuse(*arguments.problem()));
  export_list(call, api, std::move(reply), "report-" + std::string(call.report->name),
              [&api, &report = *call.report, ask = std::move(ask)](Queries&, Reader reader) {
                return report_rows(api.ports().reports, report, std::move(reader), ask);
              });
}

void get_report_totals(const Call& call, Api& api, Reply reply) {
  Arguments arguments(call.request);
  ReportAsk ask = ask_of(arguments, *call.report, call.now);
  if (arguments.problem()) return reply(refuse(*arguments.problem()));
  api.read(std::move(reply), [&api, &report = *call.report, scope = call.caller.scope(), ask = std::move(ask)](Queries&) {
    const auto totals = api.ports().reports.totals(report, scope, ask);
    if (!totals) return refused(totals);
    if (!*totals) return json_response({{"over", true}});
    json::object sums;
    std::size_t i = 0;
    for (const catalog::Column& column : report.columns)
      if (column.sum) sums[column.name] = shown(column.type, (*totals)->sums.at(i++));
    return json_response({{"over", false}, {"rows", (*totals)->rows}, {"sums", std::move(sums)}});
  });
}

}  // namespace anju::platform
