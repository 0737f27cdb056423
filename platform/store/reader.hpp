#pragma once

// One row of a SELECT, read column by column in its order, as the domain's types.

#include <soci/soci.h>

#include <charconv>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "platform/domain/records.hpp"
#include "platform/store/words.hpp"

namespace anju::platform {

/// Values for the placeholders of a query, in their order.
struct Bound {
  std::deque<long long> integers;
  std::deque<std::string> texts;
  std::vector<bool> is_integer;
};

/// The rows of one SELECT. All columns are fetched as text: SOCI's dynamic rows take a column declared INTEGER for 32
/// bits and cut times and money, and STRICT tables have no other word for 64.
class Select {
 public:
  /// Throws soci::soci_error. columns: how many the query has.
  Select(soci::session& session, std::size_t columns, const std::string& query)
      : texts_(columns), indicators_(columns, soci::i_ok), statement_(session) {
    for (std::size_t i = 0; i < columns; ++i) statement_.exchange(soci::into(texts_[i], indicators_[i]));
    statement_.alloc();
    statement_.prepare(query);
    statement_.define_and_bind();
    statement_.execute();
  }
  /// With values. The columns are counted.
  Select(soci::session& session, const std::string& query, Bound bound)
      : bound_(std::move(bound)), statement_(session) {
    statement_.alloc();
    statement_.prepare(query);
    const auto columns = static_cast<std::size_t>(statement_.get_backend()->prepare_for_describe());
    texts_.resize(columns);
    indicators_.resize(columns, soci::i_ok);
    for (std::size_t i = 0; i < columns; ++i) statement_.exchange(soci::into(texts_[i], indicators_[i]));
    auto integer = bound_.integers.begin();
    auto text = bound_.texts.begin();
    for (const bool is_integer : bound_.is_integer) {
      if (is_integer) {
        statement_.exchange(soci::use(*integer++));
      } else {
        statement_.exchange(soci::use(*text++));
      }
    }
    statement_.define_and_bind();
    statement_.execute();
  }
  Select(const Select&) = delete;
  Select& operator=(const Select&) = delete;

  /// False: there is no further row.
  bool next() {
    at_ = 0;
    return statement_.fetch();
  }

  // The columns of the row in their order; NULL reads as 0, empty text or nothing.
  std::optional<long long> maybe() {
    const std::size_t at = at_++;
    if (indicators_.at(at) == soci::i_null) return std::nullopt;
    const std::string& text = texts_[at];
    long long value = 0;
    const auto end = std::from_chars(text.data(), text.data() + text.size(), value);
    if (end.ec != std::errc() || end.ptr != text.data() + text.size())
      throw soci::soci_error("no integer in the database: " + text);
    return value;
  }
  long long integer() { return maybe().value_or(0); }
  std::string text() {
    const std::size_t at = at_++;
    return indicators_.at(at) == soci::i_null ? std::string() : texts_[at];
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
  std::vector<std::string> texts_;
  std::vector<soci::indicator> indicators_;
  Bound bound_;
  soci::statement statement_;
  std::size_t at_ = 0;
};

/// Calls `each` once per row of `query`.
template <class Each>
void each_row(soci::session& session, std::size_t columns, const std::string& query, Each&& each) {
  Select row(session, columns, query);
  while (row.next()) each(row);
}

}  // namespace anju::platform
