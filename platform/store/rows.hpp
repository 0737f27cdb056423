#pragma once

// Many rows through one prepared statement: values are gathered by column and executed in bulk. All writing of the ledger's
// store goes through it, because a group commit has up to thousands of rows of one kind.

#include <soci/soci.h>

#include <concepts>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/base/money.hpp"
#include "protocols/base/time.hpp"

namespace anju::platform {

class Rows {
 public:
  /// types: one letter per placeholder of `text`, in order: i integer, t text. Throws soci::soci_error.
  Rows(soci::session& session, const std::string& text, std::string_view types) : statement_(session) {
    for (const char type : types) {
      Column& column = *columns_.emplace_back(std::make_unique<Column>());
      if (type == 'i') {
        statement_.exchange(soci::use(column.integers, column.indicators));
      } else {
        statement_.exchange(soci::use(column.texts, column.indicators));
      }
    }
    statement_.alloc();
    statement_.prepare(text);
    statement_.define_and_bind();
  }

  template <class... Values>
  void add(const Values&... values) {
    at_ = 0;
    (put(values), ...);
    ++count_;
  }

  /// Executes once per row, in order, and forgets them. Throws soci::soci_error.
  void write() {
    if (count_ == 0) return;
    statement_.execute(true);
    for (auto& column : columns_) {
      column->integers.clear();
      column->texts.clear();
      column->indicators.clear();
    }
    count_ = 0;
  }

 private:
  struct Column {
    std::vector<long long> integers;
    std::vector<std::string> texts;
    std::vector<soci::indicator> indicators;
  };

  Column& next(bool present) {
    Column& column = *columns_[at_++];
    column.indicators.push_back(present ? soci::i_ok : soci::i_null);
    return column;
  }
  template <std::integral Integer>
  void put(Integer value) {
    next(true).integers.push_back(static_cast<long long>(value));
  }
  void put(base::Money value) { put(value.micro_yuan); }
  void put(base::Quantity value) { put(value.e4); }
  void put(base::Price value) { put(value.e5); }
  void put(base::UtcMillis value) { put(value.value); }
  void put(base::Millis value) { put(value.value); }
  void put(std::string_view value) { next(true).texts.emplace_back(value); }
  void put(const std::string& value) { put(std::string_view(value)); }
  template <class T>
  void put(const std::optional<T>& value) {
    if (value) return put(*value);
    Column& column = next(false);
    if constexpr (std::convertible_to<T, std::string_view>) {
      column.texts.emplace_back();
    } else {
      column.integers.push_back(0);
    }
  }

  std::vector<std::unique_ptr<Column>> columns_;
  soci::statement statement_;
  std::size_t at_ = 0;
  std::size_t count_ = 0;
};

}  // namespace anju::platform
