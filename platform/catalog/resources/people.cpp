#include "platform/catalog/resources/people.hpp"

#include <array>

namespace anju::platform::catalog {
namespace {

constexpr Field position() {
  return {.name = "position", .label = {"显示排序", "Order"}, .type = FieldType::integer, .most = 9999, .sort = true};
}
constexpr Field email() { return {.name = "email", .label = {"邮箱", "E-mail"}, .most = 100, .listed = false, .personal = true, .format = Format::email}; }
constexpr Field note() { return {.name = "note", .label = {"备注", "Note"}, .most = 200, .listed = false}; }

// ten-dept-crud (4:429-439).
constexpr std::array kDepartmentFields{
    Field{.name = "name", .label = {"部门名称", "Department"}, .required = true, .least = 1, .most = 60, .search = true, .sort = true},
    Field{.name = "parent", .label = {"上级部门", "Above it"}, .type = FieldType::reference, .resource = "departments", .search = true, .fixed = true,
          .help = {"留空为一级部门", "Empty: of the first level"}},
    position(),
    Field{.name = "head", .label = {"负责人", "Head"}, .most = 40, .search = true},
    Field{.name = "phone", .label = {"联系电话", "Phone"}, .most = 20, .personal = true, .format = Format::whole},
    email(),
};
constexpr std::array<std::string_view, 2> kDepartmentUnique{"parent", "name"};

// ten-post-crud (4:441-449).
constexpr std::array kPostFields{
    Field{.name = "department", .label = {"所属部门", "Department"}, .type = FieldType::reference, .required = true, .resource = "departments", .search = true},
    Field{.name = "name", .label = {"岗位名称", "Post"}, .required = true, .least = 1, .most = 60, .search = true, .sort = true},
    position(),
};
constexpr std::array<std::string_view, 2> kPostUnique{"department", "name"};

constexpr std::array kKinds{
    Choice{"system", {"系统", "System"}},           Choice{"operator", {"运营公司", "Operating company"}}, Choice{"provider", {"服务商", "Provider"}},
    Choice{"property", {"物业", "Property company"}}, Choice{"collective", {"集体户", "Collective"}},        Choice{"merchant", {"商户", "Merchant"}},
};
constexpr std::array kScopes{
    Choice{"all", {"本单位及下级单位", "The organisation and all below it"}}, Choice{"company", {"本单位", "The organisation"}},
    Choice{"sites", {"绑定的小区", "The communities bound to the user"}},
    Choice{"department_below", {"本部门及下级部门", "The department and those below it"}}, Choice{"department", {"本部门", "The department"}},
    Choice{"self", {"仅本人", "Only oneself"}},
};

// ten-role-crud (4:418-427).
constexpr std::array kRoleFields{
    Field{.name = "name", .label = {"角色名称", "Role"}, .required = true, .least = 1, .most = 40, .search = true, .sort = true},
    Field{.name = "kind", .label = {"用户类型", "User type"}, .type = FieldType::choice, .required = true, .choices = kKinds, .search = true, .fixed = true},
    Field{.name = "scope", .label = {"数据范围", "Data scope"}, .type = FieldType::choice, .required = true, .choices = kScopes, .search = true},
    Field{.name = "permissions", .label = {"权限", "Permissions"}, .required = true, .most = 20'000, .listed = false, .format = Format::permissions},
    note(),
};
constexpr std::array<std::string_view, 1> kNameUnique{"name"};
constexpr std::array kRoleGuards{Guard{"user_role", "role", "users"}};

// ten-user-crud (4:406-414).
constexpr std::array kUserFields{
    Field{.name = "login", .label = {"登录账号", "Login"}, .required = true, .least = 3, .most = 40, .search = true, .sort = true, .fixed = true},
    Field{.name = "name", .label = {"用户姓名", "Name"}, .required = true, .least = 1, .most = 40, .search = true, .sort = true},
    Field{.name = "kind", .label = {"用户类型", "User type"}, .type = FieldType::choice, .choices = kKinds, .search = true, .derived = true},
    Field{.name = "phone", .label = {"手机号码", "Mobile"}, .most = 11, .search = true, .personal = true, .format = Format::mobile,
          .help = {"也可用于登录", "May be used to log in, too"}},
    email(),
    Field{.name = "department", .label = {"部门", "Department"}, .type = FieldType::reference, .resource = "departments", .search = true},
    Field{.name = "post", .label = {"岗位", "Post"}, .type = FieldType::reference, .resource = "posts", .within = "department", .search = true},
    Field{.name = "role", .label = {"角色", "Role"}, .type = FieldType::reference, .resource = "roles", .search = true, .derived = true},
    note(),
};

// ten-user-groups (1:101-103).
constexpr std::array kGroupFields{
    Field{.name = "name", .label = {"分组名称", "Group"}, .required = true, .least = 1, .most = 60, .search = true, .sort = true},
    note(),
};
constexpr std::array kGroupMemberFields{
    Field{.name = "user_group", .label = {"用户分组", "Group"}, .type = FieldType::reference, .required = true, .resource = "user-groups", .search = true, .fixed = true},
    Field{.name = "resident", .label = {"住户", "Resident"}, .type = FieldType::reference, .required = true, .resource = "residents", .search = true, .fixed = true},
    Field{.name = "note", .label = {"备注", "Note"}, .most = 200, .search = true, .personal = true, .format = Format::whole},
};
constexpr std::array<std::string_view, 2> kGroupMemberUnique{"user_group", "resident"};
constexpr unsigned kEverything = kCreate | kEdit | kEnable | kDelete;
constexpr unsigned kAndExport = kEverything | kExport;

}  // namespace

const Resource kUsers{"users", "user", "\"user\"", {"用户管理", "Users"}, {"用户", "User"}, "organisation", "login", kUserFields, {}, kAndExport, {}, Place::organisation};
const Resource kRoles{"roles", "role", "role", {"角色管理", "Roles"}, {"角色", "Role"}, "organisation", "name", kRoleFields, kNameUnique, kEverything, kRoleGuards, Place::organisation};
const Resource kDepartments{"departments", "department", "department", {"部门管理", "Departments"}, {"部门", "Department"}, "organisation", "name", kDepartmentFields, kDepartmentUnique, kAndExport, {}, Place::organisation};
const Resource kPosts{"posts", "post", "post", {"岗位管理", "Posts"}, {"岗位", "Post"}, "organisation", "name", kPostFields, kPostUnique, kAndExport, {}, Place::organisation};
const Resource kUserGroups{"user-groups", "user_group", "user_group", {"用户分组", "User groups"}, {"用户分组", "User group"}, "space", "name", kGroupFields, kNameUnique};
const Resource kGroupMembers{"group-members", "group_member", "group_member", {"分组成员", "Group members"}, {"分组成员", "Group member"}, "space", "user_group resident", kGroupMemberFields, kGroupMemberUnique};

}  // namespace anju::platform::catalog
