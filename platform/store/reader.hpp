#pragma once

// One row of a SELECT, read column by column in its order, as the domain's types.

#include <soci/soci.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "platform/domain/records.hpp"
#include "platform/store/engine.hpp"
#include "platform/store/words.hpp"

namespace anju::platform {

/// The rows of one SELECT.
class Select {
 public:
  /// Throws soci::soci_error. columns: how many the query has.
  Select(soci::session& session, std::size_t columns, const std::string& query) : rows_(engine_of(session).rows(session, columns, query, {})) {}
  /// With values. The columns are counted.
  Select(soci::session& session, const std::string& query, Bound bound) : rows_(engine_of(session).rows(session, 0, query, std::move(bound))) {}
  Select(const Select&) = delete;
  Select& operator=(const Select&) = delete;

  /// False: there is no further row.
  bool next() {
    at_ = 0;
    return rows_->fetch();
  }

  // The columns of the row in their order; NULL reads as 0, empty text or nothing.
  std::optional<long long> maybe() {
    const auto found = rows_->integer(at_++);
    if (!found) return std::nullopt;
    return static_cast<long long>(*found);
  }
  long long integer() { return maybe().value_or(0); }
  std::string text() {
    return std::string(rows_->column(at_++).value_or(""));
  }
  std::string bytes() { return rows_->bytes(at_++); }
  base::Money money() { return base::Money(integer()); }
  base::Quantity quantity() { return base::Quantity(integer()); }
  base::Price price() { return base::Price(integer()); }
  base::UtcMillis time() { return base::UtcMillis(integer()); }
  std::optional<base::UtcMillis> maybe_time() {
    const auto value = maybe();
    if (!value) return std::nullopt;
    return base::UtcMillis(*value);
  }
  /// The four columns of sharp, peak, flat and valley; nothing when one of them is NULL.
  std::optional<Tariffs> tariffs() {
    Tariffs values;
    bool known = true;
    for (base::Quantity& value : values) {
      const auto found = maybe();
      known = known && found.has_value();
      value = base::Quantity(found.value_or(0));
    }
    if (!known) return std::nullopt;
    return values;
  }
  bool flag() { return integer() != 0; }
  Owner owner() {
    const auto organisation = static_cast<std::int32_t>(integer());
    return {organisation, static_cast<std::int32_t>(integer())};
  }
  template <class Enum>
  Enum word(int count) {
    return parse_word<Enum>(text(), count);
  }

 private:
  std::unique_ptr<Rows> rows_;
  std::size_t at_ = 0;
};

/// Calls `each` once per row of `query`.
template <class Each>
void each_row(soci::session& session, std::size_t columns, const std::string& query, Each&& each) {
  Select row(session, columns, query);
  while (row.next()) each(row);
}

}  // namespace anju::platform
