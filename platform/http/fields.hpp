#pragma once

// Reads a request's JSON body and query arguments, and remembers the first thing that breaks a rule: the answer names
// the field and the rule. Money and quantities are decimal text; a JSON number is refused, because a float has lost
// digits already.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json/object.hpp>

#include "platform/http/message.hpp"
#include "protocols/base/money.hpp"
#include "protocols/base/time.hpp"

namespace anju::platform {

/// The first broken rule; later ones are not looked for.
struct Problem {
  std::string field;
  std::string rule;
};

/// Every getter answers a default once a rule was broken; ask problem() before using any of them.
class Fields {
 public:
  /// body: of a request with Content-Type application/json. Not an object: problem() with an empty field.
  explicit Fields(const Request& request);
  /// A nested object; its fields are named "outer.inner".
  Fields(boost::json::object object, std::string prefix);

  [[nodiscard]] bool has(std::string_view name) const;
  /// Characters, not bytes, without the blanks around them (catalog::trimmed); no control characters.
  std::string text(std::string_view name, std::size_t least, std::size_t most);
  /// As text, but anything is allowed inside (passwords).
  std::string secret(std::string_view name, std::size_t least, std::size_t most);
  std::string id(std::string_view name);  ///< base::is_id
  std::string one_of(std::string_view name, std::span<const std::string_view> allowed);
  std::string digits(std::string_view name, std::size_t count, bool hexadecimal);
  bool boolean(std::string_view name);
  std::int64_t integer(std::string_view name, std::int64_t least, std::int64_t most);
  base::Money money(std::string_view name);
  base::Quantity quantity(std::string_view name);       ///< not negative
  base::Price price(std::string_view name);             ///< not negative
  /// Decimal text with at most so many places, in units of the last one; so are least and most.
  std::int64_t decimal(std::string_view name, int places, std::int64_t least, std::int64_t most);
  std::optional<Fields> object(std::string_view name);  ///< nullopt also when broken; problems inside: take(inner)
  std::vector<Fields> objects(std::string_view name, std::size_t most);
  std::vector<std::int64_t> integers(std::string_view name, std::size_t most_items, std::int64_t least, std::int64_t most);
  std::vector<std::string> texts(std::string_view name, std::size_t most_items, std::size_t most);  ///< each of 1..most bytes
  std::vector<base::Quantity> quantities(std::string_view name, std::size_t count);

  /// Refuses the first field that is not one of these: what is not ours to set is an error, not a wish.
  void only(const std::vector<std::string_view>& names);
  void refuse(std::string_view name, std::string rule);
  void take(const Fields& inner);
  /// Also when the body tries to set whose it is or what somebody may (organisation, roles, permissions, scope …) where nobody asked.
  [[nodiscard]] const std::optional<Problem>& problem() const;

 private:
  const boost::json::value* find(std::string_view name);
  const boost::json::string* find_text(std::string_view name);
  /// The text, if it has so many characters.
  std::string counted(std::string_view name, std::string_view text, std::size_t least, std::size_t most);

  boost::json::object object_;
  std::string prefix_;
  mutable std::set<std::string, std::less<>> asked_;
  mutable std::optional<Problem> problem_;
};

/// The same for query arguments; all of them are optional.
class Arguments {
 public:
  explicit Arguments(const Request& request) : request_(request) {}
  [[nodiscard]] std::optional<std::string> text(std::string_view name, std::size_t most);
  [[nodiscard]] std::optional<std::string> one_of(std::string_view name, std::span<const std::string_view> allowed);
  [[nodiscard]] std::optional<bool> boolean(std::string_view name);
  [[nodiscard]] std::optional<std::int64_t> integer(std::string_view name, std::int64_t least, std::int64_t most);
  void refuse(std::string_view name, std::string rule);
  [[nodiscard]] const std::optional<Problem>& problem() const { return problem_; }

 private:
  const Request& request_;
  std::optional<Problem> problem_;
};

/// "from" of a change that holds from a moment on: absent or null is now; not before now, at most two years ahead (kFarthestChange).
[[nodiscard]] std::optional<base::UtcMillis> begin_of(Fields& fields, base::UtcMillis now);

/// 400 bad_field, or not_json when the body as a whole is wrong.
[[nodiscard]] Response refuse(const Problem& problem);

}  // namespace anju::platform
