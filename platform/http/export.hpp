#pragma once

// Any list as .xlsx: a handler hands over the rows as a source, and what follows is the same for all of them.

#include <functional>
#include <memory>

#include "platform/domain/sheet.hpp"
#include "platform/http/api.hpp"
#include "platform/http/rows/lists.hpp"

namespace anju::platform {

/// Up to so many rows are the answer; more become a job of the download centre.
inline constexpr std::int64_t kMostRowsAtOnce = 10'000;

/// The reader's: ?lang=zh|en, otherwise Accept-Language, otherwise Chinese.
[[nodiscard]] Language language_of(const Request& request);

/// Answers with the file, or, when there are more than kMostRowsAtOnce, with 202 and a job that writes it. list: as in the path. open: makes
/// the source, on the thread that reads it: once to count, and again for the job; the records are those of that thread. The audit log says
/// who took how many rows.
using OpenRows = std::function<base::Result<std::unique_ptr<RowSource>>(catalog::Records&)>;
void export_rows(const Call& call, Api& api, Reply reply, std::string list, OpenRows open);

/// The same for a list that is not of the catalogue: make gets who asks, and makes the source.
void export_list(const Call& call, Api& api, Reply reply, std::string list, std::function<std::unique_ptr<RowSource>(Queries&, Reader)> make);

/// An answer that is saved as a file: plain, its name where only ASCII is understood (".xlsx" is added); name, in the reader's language.
[[nodiscard]] Response file_response(const std::string& plain, const std::string& name);
/// The same with the file that `write` puts at a path. Blocking.
[[nodiscard]] Response answer_file(Api& api, const std::string& plain, const std::string& name, const std::function<base::Result<>(const std::string& path)>& write);
/// "20261121-0830", for names of files.
[[nodiscard]] std::string file_stamp(base::UtcMillis at);

}  // namespace anju::platform
