#include "platform/store/libpq_many.hpp"

#include <soci/soci.h>

#include <array>
#include <optional>

namespace anju::platform::pg {
namespace {

constexpr Oid kInt8 = 20;  // of the server's catalogue, pg_type.dat

/// The binary format's integers are big-endian.
template <class Integer>
void append(std::string& to, Integer value) {
  for (int shift = static_cast<int>(sizeof value) * 8 - 8; shift >= 0; shift -= 8) to += static_cast<char>(static_cast<std::uint64_t>(value) >> shift & 0xff);
}

/// Dimensions, whether there may be NULLs, type of the elements, how many, number of the first (array_recv in the server's arrayfuncs.c).
std::string header(std::size_t elements) {
  std::string made;
  for (const std::uint32_t word : {1U, 1U, static_cast<std::uint32_t>(kInt8), static_cast<std::uint32_t>(elements), 1U}) append(made, word);
  return made;
}

bool is_name(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; }

/// Reads a statement from its beginning.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}
  bool take(std::string_view word) {
    if (!rest_.starts_with(word)) return false;
    rest_.remove_prefix(word.size());
    return true;
  }
  [[nodiscard]] std::string name() {
    std::size_t end = 0;
    while (end < rest_.size() && is_name(rest_[end])) ++end;
    std::string made(rest_.substr(0, end));
    rest_.remove_prefix(end);
    return made;
  }
  [[nodiscard]] bool over() const { return rest_.empty(); }

 private:
  std::string_view rest_;
};

std::string unnest(std::size_t columns) {
  std::string made;
  for (std::size_t i = 1; i <= columns; ++i) made += (i == 1 ? "unnest($" : ", $") + std::to_string(i) + "::bigint[]";
  return made + ")";
}

std::string join(const std::vector<std::string>& names) {
  std::string made;
  for (const std::string& one : names) made += (made.empty() ? "" : ", ") + one;
  return made;
}

/// "name = :name"; nothing when it is anything else.
std::optional<std::string> assignment(Reader& reader) {
  std::string column = reader.name();
  if (column.empty() || !reader.take(" = :") || reader.name() != column) return std::nullopt;
  return column;
}

std::string update_of(Reader reader) {
  const std::string table = reader.name();
  if (table.empty() || !reader.take(" SET ")) return {};
  std::vector<std::string> columns;
  std::string set;
  do {
    auto column = assignment(reader);
    if (!column) return {};
    set += (set.empty() ? "" : ", ") + *column + " = of." + *column;
    columns.push_back(std::move(*column));
  } while (reader.take(", "));
  if (!reader.take(" WHERE ")) return {};
  auto key = assignment(reader);
  if (!key || !reader.over()) return {};
  columns.push_back(*key);
  return "UPDATE " + table + " SET " + set + " FROM " + unnest(columns.size()) + " AS of(" + join(columns) + ") WHERE " + table + "." + *key + " = of." + *key;
}

std::string insert_of(Reader reader) {
  const std::string table = reader.name();
  if (table.empty() || !reader.take("(")) return {};
  std::vector<std::string> columns;
  do {
    columns.push_back(reader.name());
  } while (reader.take(", "));
  if (!reader.take(") VALUES(")) return {};
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (columns[i].empty() || (i > 0 && !reader.take(", ")) || !reader.take(":") || reader.name() != columns[i]) return {};
  }
  if (!reader.take(")") || !reader.over()) return {};
  return "INSERT INTO " + table + "(" + join(columns) + ") SELECT * FROM " + unnest(columns.size());
}

/// Every placeholder is a BIGINT for the server.
bool only_integers(PGconn* connection, const std::string& name) {
  const Result described = checked(connection, Result(PQdescribePrepared(connection, name.c_str())));
  for (int i = 0; i < PQnparams(described.get()); ++i) {
    if (PQparamtype(described.get(), i) != kInt8) return false;
  }
  return true;
}

}  // namespace

std::string for_many_rows(std::string_view text) {
  Reader reader(text);
  if (reader.take("UPDATE ")) return update_of(reader);
  if (reader.take("INSERT INTO ")) return insert_of(reader);
  return {};
}

std::unique_ptr<ManyRows> ManyRows::prepare(PGconn* connection, const std::string& name, const std::string& text) {
  const std::string sql = for_many_rows(text);
  if (sql.empty() || !only_integers(connection, name)) return nullptr;
  const std::string many = name + "_many";
  const Result result = checked(connection, Result(PQprepare(connection, many.c_str(), numbered(sql).text.c_str(), 0, nullptr)));
  const auto columns = static_cast<std::size_t>(numbered(text).placeholders);
  return std::unique_ptr<ManyRows>(new ManyRows(connection, many, columns, text.starts_with("UPDATE ")));
}

ManyRows::ManyRows(PGconn* connection, std::string name, std::size_t columns, bool keyed)
    : connection_(connection), name_(std::move(name)), keyed_(keyed), arrays_(columns), row_(columns) {}

ManyRows::~ManyRows() { const Result ignored(PQexec(connection_, ("DEALLOCATE " + name_).c_str())); }

void ManyRows::put(std::size_t column, const std::int64_t* value) {
  std::string& to = row_[column];
  to.clear();
  if (value == nullptr) return append(to, std::int32_t{-1});
  append(to, std::int32_t{8});
  append(to, *value);
  key_ = *value;  // of the last column, at last
}

void ManyRows::end_row() {
  if (rows_ == kMostRows || (keyed_ && keys_.contains(key_))) send();
  if (keyed_) keys_.insert(key_);
  for (std::size_t i = 0; i < row_.size(); ++i) arrays_[i] += row_[i];
  ++rows_;
}

void ManyRows::send() {
  if (rows_ == 0) return;
  std::vector<const char*> pointers;
  std::vector<int> lengths;
  const std::vector<int> formats(arrays_.size(), 1);
  for (std::string& array : arrays_) {
    array.insert(0, header(rows_));
    pointers.push_back(array.data());
    lengths.push_back(static_cast<int>(array.size()));
  }
  const int sent = PQsendQueryPrepared(connection_, name_.c_str(), static_cast<int>(arrays_.size()), pointers.data(), lengths.data(), formats.data(), 0);
  for (std::string& array : arrays_) array.clear();
  keys_.clear();
  rows_ = 0;
  if (sent != 1) fail(connection_, nullptr);
}

}  // namespace anju::platform::pg
