#pragma once

// Rows of one resource as they are written, by a person or by an import. Nothing here begins or ends a transaction, and nothing writes
// the audit log. Everything throws soci::soci_error; an error leaves it to the caller to undo what is half written.

#include <soci/session.h>

#include <cstdint>
#include <string_view>
#include <vector>

#include "platform/catalog/records.hpp"
#include "platform/store/rules/rules.hpp"

namespace anju::platform::records {

/// Where a row is. site: 0 unless the resource's place is a site.
struct Spot {
  std::int64_t organisation = 0, site = 0;
};

/// What a list shows of a personal field came back unchanged.
[[nodiscard]] bool is_mask_of(const catalog::Field& field, const catalog::Value& value, const catalog::Value& before);

class RowWriter {
 public:
  RowWriter(soci::session& session, const catalog::Resource& resource, const Scope& scope) : session_(session), resource_(resource), scope_(scope) {}

  [[nodiscard]] bool exists(std::int64_t id);
  /// Where a new row may be. Errors: not_found (site, organisation), disabled (organisation).
  [[nodiscard]] base::Result<Spot> spot_for(const catalog::Home& home);
  [[nodiscard]] Spot spot_of(std::int64_t id);

  /// The new row's id. Errors: of the checks, and of the resource's rules.
  [[nodiscard]] base::Result<std::int64_t> add(const Spot& spot, const std::vector<catalog::Value>& values, base::UtcMillis at, std::string_view who,
                                               std::string_view secret);
  /// next: with the old values where they stay. Errors: of the checks, and of the resource's rules.
  [[nodiscard]] base::Result<> change(const Spot& spot, std::int64_t id, const catalog::Record& before, std::vector<catalog::Value> next,
                                      base::UtcMillis at, std::string_view who);
  /// One draft of an import, checked as a change of a person is; what a refused one has half written is undone.
  [[nodiscard]] catalog::Outcome take(const Spot& spot, const catalog::Import& import, const catalog::Draft& draft);

 private:
  [[nodiscard]] Columns place_columns(const Spot& spot) const;
  [[nodiscard]] std::int64_t insert(const Columns& row);
  [[nodiscard]] base::Result<std::int64_t> write_new(const Spot& spot, std::vector<catalog::Value> values, base::UtcMillis at, std::string_view who,
                                                     std::string_view secret);
  [[nodiscard]] base::Result<> check(const Spot& spot, std::int64_t id, const catalog::Record* before, const std::vector<catalog::Value>& values);
  [[nodiscard]] base::Result<> check_texts(const catalog::Record* before, const std::vector<catalog::Value>& values) const;
  [[nodiscard]] base::Result<> check_references(const Spot& spot, const catalog::Record* before, const std::vector<catalog::Value>& values);
  [[nodiscard]] base::Result<> check_reference(const Spot& spot, std::size_t at, const catalog::Record* before, const std::vector<catalog::Value>& values);
  [[nodiscard]] bool is_unique(const catalog::Field& field) const;
  [[nodiscard]] std::int64_t same(const Spot& spot, const std::vector<catalog::Value>& values);
  template <class Work>
  [[nodiscard]] catalog::Outcome undone_if_refused(Work&& work);

  soci::session& session_;
  const catalog::Resource& resource_;
  const Scope& scope_;
};

}  // namespace anju::platform::records
