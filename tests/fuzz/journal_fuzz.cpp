// Any bytes are a block of readings or an error. The checksum is made right first, or nothing behind it would ever be reached. What decodes
// is encoded again and must come back the same.

#include <zlib.h>

#include <cstdlib>

#include "platform/store/journal_block.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace anju::platform;
  std::string body(1, '\1');
  body.append(reinterpret_cast<const char*>(data), size);
  const auto sum = static_cast<std::uint32_t>(crc32(0, reinterpret_cast<const Bytef*>(body.data()), static_cast<uInt>(body.size())));
  for (unsigned i = 0; i < 4; ++i) body += static_cast<char>(sum >> (8 * i));
  const auto block = decode_journal(body);
  if (!block) return 0;
  std::vector<JournalRow> rows;
  for (std::size_t i = 0; i < block->size(); ++i) {
    rows.push_back(block->row(i));
    if (rows.back().transfer != 0) (void)deduction_of(rows.back());
  }
  const std::string again = encode_journal(rows);
  const auto back = decode_journal(again);
  if (!back || encode_journal(rows) != again || back->size() != rows.size()) std::abort();
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const JournalRow row = back->row(i);
    if (row.reading.id != rows[i].reading.id || row.reading.total != rows[i].reading.total || row.transfer != rows[i].transfer ||
        row.balance != rows[i].balance || row.amount != rows[i].amount || row.reading.reason != rows[i].reading.reason)
      std::abort();
  }
  return 0;
}
