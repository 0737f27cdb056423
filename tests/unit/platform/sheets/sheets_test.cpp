// What is written is read again, and files that are not what they seem are refused.

#include <minizip/zip.h>

#include <filesystem>
#include <fstream>

#include "platform/sheets/sheet_reader.hpp"
#include "platform/sheets/xlsx_writer.hpp"
#include "tests/unit/platform/scratch_folder.hpp"

using namespace anju;
using namespace anju::platform;

namespace {

using Rows = std::vector<std::pair<std::int64_t, std::vector<std::string>>>;

struct Sheets {
  ScratchFolder scratch;
  std::unique_ptr<SheetWriter> writer = create_xlsx_writer(scratch.path);
  std::unique_ptr<SheetReader> reader = create_sheet_reader();
  std::string path = scratch.path + "/a";

  void put(const std::string& bytes) const { std::ofstream(path, std::ios::binary) << bytes; }

  base::Result<Rows> rows() {
    Rows all;
    auto read = reader->read(path, [&](std::int64_t number, std::vector<std::string>& cells) {
      all.emplace_back(number, cells);
      return true;
    });
    if (!read) return base::pass(read);
    return all;
  }

  void zip(const std::vector<std::pair<std::string, std::string>>& parts) const {
    zipFile file = zipOpen64(path.c_str(), APPEND_STATUS_CREATE);
    REQUIRE(file != nullptr);
    for (const auto& [name, bytes] : parts) {
      zip_fileinfo info{};
      REQUIRE(zipOpenNewFileInZip64(file, name.c_str(), &info, nullptr, 0, nullptr, 0, nullptr, Z_DEFLATED, 9, 1) == ZIP_OK);
      REQUIRE(zipWriteInFileInZip(file, bytes.data(), static_cast<unsigned>(bytes.size())) == ZIP_OK);
      zipCloseFileInZip(file);
    }
    zipClose(file, nullptr);
  }
  void workbook(const std::string& sheet, const std::string& shared = {}) const {
    zip({{"xl/workbook.xml", R"(<workbook xmlns:r="r"><sheets><sheet name="1" sheetId="1" r:id="rId7"/></sheets></workbook>)"},
         {"xl/_rels/workbook.xml.rels",
          R"(<Relationships><Relationship Id="rId7" Type="x/worksheet" Target="worksheets/one.xml"/>)"
          R"(<Relationship Id="rId2" Type="x/sharedStrings" Target="/xl/shared.xml"/></Relationships>)"},
         {"xl/worksheets/one.xml", sheet},
         {"xl/shared.xml", shared.empty() ? "<sst/>" : shared}});
  }
  std::string refusal() {
    const auto read = rows();
    return read ? "" : std::string(read.error().code);
  }
};

}  // namespace

TEST_CASE("sheets: texts, numbers and gaps come back as they were written, and nothing becomes a formula") {
  Sheets sheets;
  const auto file = sheets.writer->create(sheets.path, "房屋: a/b?", {{"房号"}, {"金额", 12, 2, 6}, {"备注"}});
  REQUIRE(file);
  REQUIRE((*file)->add({std::string("0101"), Number{9'950'000, 6}, std::string("=1+1")}));
  REQUIRE((*file)->add({std::string("+86 <&> \"x\""), Cell(), std::string("-2\n@x")}));
  REQUIRE((*file)->add({Cell(), Number{-123'456'789'123'456, 6}, Cell()}));
  REQUIRE((*file)->add({Cell(), Number{9'007'199'254'740'991, 0}, Cell()}));
  REQUIRE((*file)->close());
  const auto rows = sheets.rows();
  REQUIRE(rows);
  CHECK(*rows == Rows{{1, {"房号", "金额", "备注"}},
                      {2, {"0101", "9.95", "=1+1"}},
                      {3, {"+86 <&> \"x\"", "", "-2\n@x"}},
                      {4, {"", "-123456789.123456"}},
                      {5, {"", "9007199254740991"}}});
  std::ifstream raw(sheets.path, std::ios::binary);
  const std::string bytes((std::istreambuf_iterator<char>(raw)), {});
  CHECK(bytes.starts_with("PK"));
}

TEST_CASE("sheets: a file that is not closed never exists") {
  Sheets sheets;
  {
    const auto file = sheets.writer->create(sheets.path, "x", {{"a"}});
    REQUIRE(file);
    REQUIRE((*file)->add({std::string("1")}));
  }
  CHECK_FALSE(std::filesystem::exists(sheets.path));
}

TEST_CASE("sheets: what other programs write is read: shared and rich texts, prefixes, missing places, cached results of formulas") {
  Sheets sheets;
  sheets.workbook(R"(<x:worksheet xmlns:x="u"><x:sheetData>)"
                  R"(<x:row r="3"><x:c r="B3" t="s"><x:v>1</x:v></x:c><x:c t="b"><x:v>1</x:v></x:c></x:row>)"
                  R"(<x:row><x:c><x:f>A1*2</x:f><x:v>0.30000000000000004</x:v></x:c><x:c r="D4" t="str"><x:v>  a </x:v></x:c></x:row>)"
                  R"(<x:row r="9"/></x:sheetData></x:worksheet>)",
                  "<sst><si><t>one</t></si><si><r><t>楼</t></r><r><t>栋</t></r><rPh><t>lou</t></rPh></si></sst>");
  const auto rows = sheets.rows();
  REQUIRE(rows);
  CHECK(*rows == Rows{{3, {"", "楼栋", "TRUE"}}, {4, {"0.3", "", "", "a"}}});
}

TEST_CASE("sheets: import: a bomb, an entity, a wrong reference and a cut file are refused") {
  Sheets sheets;
  sheets.workbook("<worksheet><sheetData>" + std::string(40'000'000, ' ') + "</sheetData></worksheet>");
  CHECK(sheets.refusal() == "suspicious");
  sheets.workbook(R"(<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><worksheet><sheetData><row><c t="inlineStr"><is><t>&e;</t></is></c></row></sheetData></worksheet>)");
  CHECK(sheets.refusal() == "suspicious");
  sheets.workbook(R"(<worksheet><sheetData><row><c t="s"><v>7</v></c></row></sheetData></worksheet>)");
  CHECK(sheets.refusal() == "broken");
  sheets.workbook(R"(<worksheet><sheetData><row><c t="inlineStr"><is><t>)" + std::string(kMostCellBytes + 1, 'x') + "</t></is></c></row></sheetData></worksheet>");
  CHECK(sheets.refusal() == "too_large");
  sheets.workbook(R"(<worksheet><sheetData><row><c r="ZZZ1"><v>7</v></c></row></sheetData></worksheet>)");
  CHECK(sheets.refusal() == "too_large");
  sheets.workbook("<worksheet><sheetData><row>");
  CHECK(sheets.refusal() == "broken");
  sheets.zip({{"a.txt", "b"}});
  CHECK(sheets.refusal() == "broken");
  sheets.put("PK\x03\x04 and nothing else");
  CHECK(sheets.refusal() == "broken");
  sheets.put("\xD0\xCF\x11\xE0 of long ago");
  CHECK(sheets.refusal() == "old_format");
  std::filesystem::remove(sheets.path);
  CHECK(sheets.refusal() == "not_readable");
}

TEST_CASE("sheets: import: text with separators, quotes, line ends of every kind, in UTF-8 and GB18030") {
  Sheets sheets;
  sheets.put("\xEF\xBB\xBF房号,备注\r\n0101,\"a, \"\"b\"\"\nc\"\r\n\r\n 0102 ,\n0103");
  CHECK(sheets.rows() == Rows{{1, {"房号", "备注"}}, {2, {"0101", "a, \"b\"\nc"}}, {4, {"0102", ""}}, {5, {"0103"}}});
  sheets.put("\xC2\xA5\xB6\xB0\t\xB1\xE0\xBA\xC5\n1\t2\n");
  CHECK(sheets.rows() == Rows{{1, {"楼栋", "编号"}}, {2, {"1", "2"}}});
  sheets.put("a,b\n\xFF\xFF\xFF");
  CHECK(sheets.refusal() == "bad_text");
  sheets.put(std::string("a\0b", 3));
  CHECK(sheets.refusal() == "not_a_sheet");
  sheets.put("a,\"b");
  CHECK(sheets.refusal() == "broken");
}

TEST_CASE("sheets: a template has its labels in the first row, what is required is marked, and it is read as an empty list") {
  Sheets sheets;
  FormColumn type{"类型", "可填：高层、洋房", true, true, 14, {"高层", "洋房"}}, area{"面积", "数", false, false, 10, {}};
  REQUIRE(sheets.writer->create_form(sheets.path, "房屋", {type, area}, "填写说明", {"列", "必填", "要求"}));
  CHECK(sheets.rows() == Rows{{1, {"类型 *", "面积"}}});
}
