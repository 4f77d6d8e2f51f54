#include "kube/site.hpp"

#include "base/failure.hpp"
#include "unit/kube/fake_kubectl.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kube {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(Site, an_address_in_its_parts) {
  const Address plain = address_of("http://localhost:9200", {});
  EXPECT_EQ(plain.server, "http://localhost:9200");
  EXPECT_EQ(plain.prefix, "");
  const Address deep = address_of("https://camunda.test/orchestration/?x=1", {"a b", "p@ss:/", ""});
  EXPECT_EQ(deep.server, "https://a%20b:p%40ss%3A%2F@camunda.test");
  EXPECT_EQ(deep.prefix, "/orchestration");
  EXPECT_EQ(address_of("http://me:word@host", {"other", "x", ""}).server, "http://me:word@host");
  for (const char* wrong : {"localhost:9200", "ftp://a", "http://", "https:///a"}) {
    EXPECT_THROW(address_of(wrong, {}), base::Failure) << wrong;
  }
}

TEST(Site, a_password_goes_through_memory_and_never_through_words) {
  const FakeKubectl kubectl("cat \"$KUBECONFIG\" >\"$dir/config\"; echo '{}'");
  const Site site("http://localhost:9200/es", {"elastic", "s3cret", "/ca.pem"});
  EXPECT_EQ(site.get("/_search?q=a").out, "{}\n");
  EXPECT_THAT(kubectl.calls(), HasSubstr("get --raw /es/_search?q=a"));
  EXPECT_THAT(kubectl.calls(), Not(HasSubstr("s3cret")));
  EXPECT_THAT(kubectl.file("config"), HasSubstr("http://elastic:s3cret@localhost:9200"));
  EXPECT_THAT(kubectl.file("config"), HasSubstr("/ca.pem"));
}

TEST(Site, without_kubectl_there_is_nobody_to_ask) {
  setenv("C8UPGRADE_KUBECTL", "/nonexistent/kubectl", 1);
  EXPECT_THROW(Site("http://localhost"), base::Failure);
  unsetenv("C8UPGRADE_KUBECTL");
}

}  // namespace
}  // namespace kube
