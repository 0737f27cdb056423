#pragma once

// Openings, settlements, adjustments, register changes and fee payments as their tables write them.

#include <soci/session.h>

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "platform/domain/store.hpp"
#include "platform/store/question.hpp"
#include "platform/store/reader.hpp"

namespace anju::platform {

inline constexpr std::array kOpeningColumns{"id",     "meter",   "customer", "mobile",         "unit",           "settlement_method", "voltage",          "opened_on_ms",
                                            "area",   "address", "note",     "start_ms",       "start_total_e4", "start_sharp_e4",    "start_peak_e4",    "start_flat_e4",
                                            "start_valley_e4",   "billed_e4", "recharge",      "adjustment",     "at_ms",             "by",
                                            "steps_anew"};
inline constexpr std::array kSettlementColumns{
    "id",       "meter",        "opening",      "transfer",     "at_ms",          "from_ms",     "from_total_e4", "from_sharp_e4",       "from_peak_e4",        "from_flat_e4",
    "from_valley_e4", "to_ms",  "to_total_e4",  "to_sharp_e4",  "to_peak_e4",     "to_flat_e4",  "to_valley_e4",  "billed_e4",           "quantity_e4",         "fee_micro_yuan",
    "recharged_micro_yuan",     "adjusted_micro_yuan",          "balance_micro_yuan", "method",  "closes",        "note",                "recharge",            "adjustment",
    "by"};

inline constexpr std::array kRegisterChangeColumns{
    "id",  "meter", "kind", "moment_ms", "last_total_e4", "last_sharp_e4", "last_peak_e4", "last_flat_e4", "last_valley_e4", "next_total_e4", "next_sharp_e4", "next_peak_e4",
    "next_flat_e4", "next_valley_e4", "billed_e4", "transfer", "price_plan_version", "newest_reading", "decision", "known_version", "known_meter_plan", "at_ms", "note", "by"};
inline constexpr std::array kFeePaymentColumns{"id",     "meter",    "years",     "amount_micro_yuan", "paid_from", "paid_until",
                                               "method", "received", "passed_on", "at_ms",             "note",      "by"};

/// "x.id, x.meter, …"
template <std::size_t N>
[[nodiscard]] std::string columns_of(const std::array<const char*, N>& columns, const std::string& alias = "x") {
  std::string text;
  for (const char* column : columns) text += (text.empty() ? "" : ", ") + alias + "." + column;
  return text;
}

/// Rows of those columns. Organisation, site and key are not read.
[[nodiscard]] Opening read_opening(Select& row);
[[nodiscard]] Settlement read_settlement(Select& row);
[[nodiscard]] RegisterChange read_register_change(Select& row);
[[nodiscard]] FeePayment read_fee_payment(Select& row);

[[nodiscard]] std::optional<StoredDocument> find_document(soci::session& session, std::int64_t organisation, std::string_view key);
[[nodiscard]] Boundary find_boundary(soci::session& session, std::int64_t meter);

}  // namespace anju::platform
