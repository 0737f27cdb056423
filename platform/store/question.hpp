#pragma once

// A SELECT put together from pieces, each value bound in its place: nothing from outside ever becomes part of the text.

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "platform/domain/scope.hpp"
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

  /// "<alias>.organisation = :v1 AND <alias>.site IN (:v2, …)", and the one site that is asked about: the condition that every question of a session has. site: the column
  /// that names the row's site; of the table site itself it is `id`.
  Question& within(const Scope& scope, const std::string& alias, const char* site = "site") {
    text(alias + ".organisation = ").value(scope.organisation);
    if (scope.only) text(" AND " + alias + "." + site + " = (SELECT id FROM site WHERE code = ").value(*scope.only).text(")");
    if (!scope.sites) return *this;
    if (scope.sites->empty()) return text(" AND 1 = 0");
    return among(" AND " + alias + "." + site, *scope.sites);
  }

  /// Rows of that very organisation, which is one within the scope: what a row of it may refer to.
  Question& belonging(std::int64_t organisation, const std::string& alias) { return text(alias + ".organisation = ").value(organisation); }

  /// The same for things that may also be of no site: those are there for every site of the organisation.
  Question& within_or_shared(const Scope& scope, const std::string& alias) {
    if (!scope.sites) return within(scope, alias);
    text("(").within(scope, alias);
    return text(" OR " + alias + ".site IS NULL AND ").within(Scope{scope.organisation}, alias).text(")");
  }

  /// Rows of the audit log that the scope reaches. They name no site, so who sees only some sites sees what his people did.
  Question& within_people(const Scope& scope, const std::string& alias) {
    within(Scope{scope.organisation}, alias);
    if (!scope.people) return *this;
    text(" AND " + alias + ".who IN (SELECT w.login FROM user w WHERE w.organisation = " + alias + ".organisation AND (w.id = ");
    value(scope.people->user);
    if (!scope.people->departments.empty()) among(" OR w.department", scope.people->departments);
    return text("))");
  }

  /// "<column> IN (:v1, …)"; ids: at least one.
  Question& among(const std::string& column, const std::vector<std::int64_t>& ids) {
    const char* before = " IN (";
    text(column);
    for (const std::int64_t one : ids) {
      text(before).value(one);
      before = ", ";
    }
    return text(")");
  }

  /// "<column> = :v1", or with what is below it when the scope reaches there: rows that belong to an organisation without a site.
  Question& below(const Scope& scope, const std::string& alias, const char* column = "organisation") {
    const std::string which = alias + "." + column;
    text("(" + which + " = ").value(scope.organisation);
    if (scope.below) text(" OR ").under(scope, alias, column);
    return text(")");
  }

  /// Rows of its organisation or of one above it: what those above lend to all below them, of no site.
  Question& lent(const Scope& scope, const std::string& alias) {
    text("(").belonging(scope.organisation, alias).text(" OR " + alias + ".organisation IN (SELECT ancestor FROM organisation_below WHERE descendant = ");
    return value(scope.organisation).text("))");
  }

  /// Only what is below it: the rows are organisations, and nobody's list has himself in it.
  Question& under(const Scope& scope, const std::string& alias, const char* column = "id") {
    if (!scope.below) return text("1 = 0");
    text(alias + "." + column + " IN (SELECT descendant FROM organisation_below WHERE ancestor = ").value(scope.organisation);
    return text(")");
  }

  /// The words are part of one of the columns, without regard to the case of ASCII letters.
  Question& holds(const std::vector<std::string>& columns, std::string words) {
    for (char& c : words) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    bound_.texts.push_back(std::move(words));
    bound_.is_integer.push_back(false);
    sql_ += engine_of(session_).holds(":v" + std::to_string(bound_.is_integer.size()), columns);
    return *this;
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
