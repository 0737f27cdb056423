#pragma once

// A SELECT put together from pieces, each value bound in its place: nothing from outside ever becomes part of the text.

#include <optional>
#include <string>
#include <utility>

#include "platform/store/reader.hpp"

namespace anju::platform {

class Question {
 public:
  explicit Question(soci::session& session) : session_(session) {}

  Question& text(const std::string& sql) {
    sql_ += sql;
    return *this;
  }
  Question& value(std::int64_t number) {
    bound_.integers.push_back(number);
    return bind(true);
  }
  Question& value(std::string words) {
    bound_.texts.push_back(std::move(words));
    return bind(false);
  }

  /// Calls `each` once per row. Asks once: the values are handed on. Throws soci::soci_error.
  template <class Each>
  void rows(Each&& each) {
    Select row(session_, sql_, std::move(bound_));
    while (row.next()) each(row);
  }

  /// The first row as `read` sees it; nothing when there is none.
  template <class Read>
  auto first(Read&& read) -> std::optional<decltype(read(std::declval<Select&>()))> {
    std::optional<decltype(read(std::declval<Select&>()))> found;
    rows([&](Select& row) {
      if (!found) found = read(row);
    });
    return found;
  }

  [[nodiscard]] std::int64_t number() {
    return first([](Select& row) { return row.integer(); }).value_or(0);
  }

 private:
  Question& bind(bool is_integer) {
    bound_.is_integer.push_back(is_integer);
    sql_ += ":v" + std::to_string(bound_.is_integer.size());
    return *this;
  }

  soci::session& session_;
  std::string sql_;
  Bound bound_;
};

}  // namespace anju::platform
