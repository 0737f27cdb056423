#pragma once

// Many rows of one prepared statement as one statement of PostgreSQL: its columns travel as arrays, and the server lays them out with
// `unnest`. Half as fast again as a statement per row in a pipeline (reliability.md 3.3). Inside platform/store only.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "platform/store/libpq.hpp"

namespace anju::platform::pg {

/// The statement for many rows of "UPDATE t SET a = :a, … WHERE k = :k" or "INSERT INTO t(a, …) VALUES(:a, …)", with every placeholder
/// once and nothing else in it; empty: the text is another one. `bigint[]` for every placeholder, in their order.
[[nodiscard]] std::string for_many_rows(std::string_view text);

class ManyRows {
 public:
  /// Null: the statement is not of that kind, or has others than whole numbers. name: of the prepared statement for one row.
  [[nodiscard]] static std::unique_ptr<ManyRows> prepare(PGconn* connection, const std::string& name, const std::string& text);
  ~ManyRows();
  ManyRows(const ManyRows&) = delete;
  ManyRows& operator=(const ManyRows&) = delete;

  /// A value of the row that is being put together; null: NULL.
  void put(std::size_t column, const std::int64_t* value);
  /// The row is whole. It waits for send(), unless there are kMostRows, or it changes what an earlier row changes: then those leave first,
  /// because of two rows with one key the server would take either.
  void end_row();
  /// Into the open pipeline. Throws soci::soci_error.
  void send();

 private:
  static constexpr std::size_t kMostRows = 4096;

  ManyRows(PGconn* connection, std::string name, std::size_t columns, bool keyed);

  PGconn* connection_;
  std::string name_;
  bool keyed_;                         ///< an UPDATE; its key is the last column
  std::vector<std::string> arrays_;    ///< per column, in the server's binary format, without the row that is being put together
  std::vector<std::string> row_;       ///< the same of that row
  std::unordered_set<std::int64_t> keys_;
  std::int64_t key_ = 0;
  std::size_t rows_ = 0;
};

}  // namespace anju::platform::pg
