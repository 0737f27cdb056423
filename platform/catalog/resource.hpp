#pragma once

// What a list of the office is, said once: its fields with their limits and labels, what may be done with its rows, and what forbids
// deleting one. REST, its description, permissions and the console's pages follow from this; see platform/catalog/README.md. The
// table is a migration of its own.

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace anju::platform::catalog {

/// What a person reads, in both languages.
struct Label {
  std::string_view zh, en;
};

enum class FieldType {
  text,       ///< least..most characters, no control characters
  integer,    ///< least..most
  decimal,    ///< least..most in units of the last of `decimals` places; stored so, decimal text in REST, never a float
  choice,     ///< one of `choices`
  flag,       ///< yes or no; never required
  date,       ///< a day without a zone, stored as days since 1970-01-01 (catalog/day.hpp), YYYY-MM-DD in REST; no limits of its own
  reference,  ///< the id of a row of `resource`, of the same site or organisation
};

/// What a text must look like beside its length.
enum class Format {
  any,
  mobile,  ///< a Chinese mobile number: 1 and ten digits
  email,   ///< something@something
  whole,   ///< anything but a mask such as 王** or 138****0001 (catalog/masking.hpp): of every personal text without another format
  asset_number,  ///< of a concentrator: eight digits
  permissions,  ///< codes such as "meter:read": an array in REST, separated by blanks in the column
};

/// A regular expression for descriptions and forms; empty: anything.
[[nodiscard]] std::string_view pattern_of(Format format);
/// The same in words, for an answer.
[[nodiscard]] const char* rule_of(Format format);
[[nodiscard]] bool fits(Format format, std::string_view text);

/// Where rows live.
enum class Place {
  site,          ///< in a site (小区/项目) of the session's organisation
  organisation,  ///< in the session's organisation, or one below it that its scope reaches
  tree,          ///< they are organisations themselves, below the session's: rows of the table organisation of one kind
};

struct Choice {
  std::string_view value;
  Label label;
};

struct Field {
  std::string_view name;  ///< of the column and of the field in REST
  Label label;
  FieldType type = FieldType::text;
  bool required = false;
  std::int64_t least = 0, most = 0;
  int decimals = 0;
  std::span<const Choice> choices = {};
  std::string_view resource = {};  ///< reference: of what
  /// reference: only rows whose field of this name equals this row's field of that name (a unit within the chosen building).
  std::string_view within = {};
  /// Required while this flag of the row that `within` refers to is set, and otherwise not to be given (the unit switch of a building,
  /// spc-unit-toggle).
  std::string_view given_if = {};
  bool search = false;  ///< text: found by the text search; choice, flag, reference, date (from, to): a filter of its own
  bool sort = false;
  bool listed = true;   ///< a column of the table; otherwise only in the details
  bool fixed = false;   ///< given at creation, never changed
  bool personal = false;  ///< of a person: not in the audit log
  Format format = Format::any;
  /// The platform's own: shown, searched and sorted by, never given. Where it is no column, platform/store/rules knows how it is made.
  bool derived = false;
  Label help = {};
  std::optional<std::int64_t> preset = {};  ///< integer: what a form begins with, and what a row gets that is made without it
};


/// A table outside the catalogue with a column that names rows of a resource: while it does, the row is not deleted. what: said with the
/// refusal.
struct Guard {
  std::string_view table, column, what;
};

/// Who stores changes. What the ledger reads is changed by orders to it: platform/http/routes.cpp names the handlers that hand them in.
enum class Writer { office, ledger };

enum Action : unsigned { kCreate = 1, kEdit = 2, kEnable = 4, kDelete = 8, kExport = 16 };

struct Resource {
  std::string_view name;   ///< plural: the path in REST
  std::string_view right;  ///< singular: "<right>:read", "<right>:create" …
  std::string_view table;
  Label label, one;
  std::string_view group;  ///< of the menu
  /// The fields whose values name a row where another refers to it, separated by blanks ("building name"). Of "name|number" the first
  /// that is given; a reference stands for the title of its row. The last alternative is required.
  std::string_view title;
  std::span<const Field> fields;
  std::span<const std::string_view> unique;  ///< these together once within a site or organisation; may be empty
  unsigned actions = kCreate | kEdit | kEnable | kDelete | kExport;
  std::span<const Guard> guards = {};
  Place place = Place::site;
  std::string_view kind = {};  ///< tree: the kind of organisation that the rows are (platform/domain/organisation.hpp)
  bool of_site = true;  ///< false: a row is made without naming its site
  Writer writer = Writer::office;
};

/// Rows may be made from a sheet: those of a site that the office itself writes.
[[nodiscard]] constexpr bool takes_sheets(const Resource& resource) {
  return resource.place == Place::site && resource.of_site && resource.writer == Writer::office && (resource.actions & kCreate) != 0;
}

/// nullptr: it has none of that name.
[[nodiscard]] constexpr const Field* find(const Resource& resource, std::string_view field) {
  for (const Field& one : resource.fields)
    if (one.name == field) return &one;
  return nullptr;
}

}  // namespace anju::platform::catalog
