#pragma once

// One row of a SELECT, read column by column in its order, as the domain's types.

#include <soci/soci.h>

#include <optional>
#include <string>

#include "platform/domain/records.hpp"
#include "platform/store/words.hpp"

namespace anju::platform {

/// NULL reads as 0, empty text or nothing. Throws soci::soci_error when a column is no integer.
class Reader {
 public:
  explicit Reader(const soci::row& row) : row_(row) {}
  long long integer() { return maybe().value_or(0); }
  std::optional<long long> maybe() {
    const std::size_t at = at_++;
    if (row_.get_indicator(at) == soci::i_null) return std::nullopt;
    return get(at);
  }
  std::string text() {
    const std::size_t at = at_++;
    return row_.get_indicator(at) == soci::i_null ? std::string() : row_.get<std::string>(at);
  }
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
  long long get(std::size_t at) const {
    // SOCI takes the type from the column's declaration; an expression has none and comes as text.
    switch (row_.get_properties(at).get_data_type()) {
      case soci::dt_integer: return row_.get<int>(at);
      case soci::dt_long_long: return row_.get<long long>(at);
      case soci::dt_unsigned_long_long: return static_cast<long long>(row_.get<unsigned long long>(at));
      case soci::dt_string: return std::stoll(row_.get<std::string>(at));
      case soci::dt_double:
      case soci::dt_date:
      case soci::dt_blob:
      case soci::dt_xml: break;
    }
    throw soci::soci_error("a column is no integer: " + row_.get_properties(at).get_name());
  }
  const soci::row& row_;
  std::size_t at_ = 0;
};

/// Calls `each` with a Reader once per row of `query`.
template <class Each>
void each_row(soci::session& session, const std::string& query, Each&& each) {
  const soci::rowset<soci::row> rows = session.prepare << query;
  for (const soci::row& row : rows) {
    Reader reader(row);
    each(reader);
  }
}

}  // namespace anju::platform
