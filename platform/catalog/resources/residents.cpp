#include "platform/catalog/resources/residents.hpp"

#include <array>

#include "platform/catalog/resources/papers.hpp"

namespace anju::platform::catalog {
namespace {

// 业主、租客、访客 as the application knows them (2:232); family and others live there, too.
constexpr std::array kKinds{
    Choice{"owner", {"业主", "Owner"}},   Choice{"tenant", {"租户", "Tenant"}}, Choice{"family", {"家属", "Family"}},
    Choice{"visitor", {"访客", "Visitor"}}, Choice{"other", {"其他", "Other"}},
};

// spc-resident-file (2:230): 住户类型、证件类型、证件号码、联系电话、入住时间.
constexpr std::array kResidentFields{
    Field{.name = "name", .label = {"姓名", "Name"}, .required = true, .least = 1, .most = 40, .search = true, .sort = true, .personal = true, .format = Format::whole},
    Field{.name = "type", .label = {"住户类型", "Type"}, .type = FieldType::choice, .required = true, .choices = kKinds, .search = true},
    Field{.name = "phone", .label = {"联系电话", "Phone"}, .most = 20, .search = true, .personal = true, .format = Format::whole},
    Field{.name = "id_type", .label = {"证件类型", "ID type"}, .type = FieldType::choice, .choices = kPapers, .listed = false},
    Field{.name = "id_number", .label = {"证件号码", "ID number"}, .most = 30, .search = true, .personal = true, .format = Format::whole},
    Field{.name = "moved_in", .label = {"入住时间", "Moved in"}, .type = FieldType::date, .search = true, .sort = true},
    Field{.name = "moved_out", .label = {"搬出时间", "Moved out"}, .type = FieldType::date, .search = true, .sort = true},
    Field{.name = "note", .label = {"备注", "Note"}, .most = 200, .listed = false, .personal = true, .format = Format::whole},
};

// A resident may belong to several houses, and come back to one.
constexpr std::array kMemberFields{
    Field{.name = "house", .label = {"房屋", "House"}, .type = FieldType::reference, .required = true, .resource = "houses", .search = true,
          .fixed = true},
    Field{.name = "resident", .label = {"住户", "Resident"}, .type = FieldType::reference, .required = true, .resource = "residents", .search = true,
          .fixed = true},
    Field{.name = "relation", .label = {"与房屋关系", "Relation"}, .type = FieldType::choice, .required = true, .choices = kKinds, .search = true},
    Field{.name = "since", .label = {"起始日期", "Since"}, .type = FieldType::date, .search = true, .sort = true},
    Field{.name = "until", .label = {"截止日期", "Until"}, .type = FieldType::date, .search = true, .sort = true,
          .help = {"留空表示仍在住", "Empty: still lives there"}},
    Field{.name = "note", .label = {"备注", "Note"}, .most = 200, .search = true, .listed = false, .personal = true, .format = Format::whole},
};
constexpr std::array<std::string_view, 3> kMemberUnique{"house", "since", "resident"};

}  // namespace

const Resource kResidents{"residents", "resident", "resident", {"住户", "Residents"}, {"住户", "Resident"}, "space", "name", kResidentFields, {}};
const Resource kHouseMembers{"house-members", "house_member", "house_member", {"房屋成员", "House members"}, {"房屋成员", "House member"}, "space", "house resident", kMemberFields, kMemberUnique};

}  // namespace anju::platform::catalog
