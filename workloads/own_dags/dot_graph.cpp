#include "workloads/own_dags/dot_graph.h"

#include <algorithm>
#include <utility>

#include "workloads/own_dags/dot_tokens.h"

namespace wukong::own_dags {
namespace {

constexpr int kMostLevels = 100;  // of subgraphs

class GraphReader {
 public:
  GraphReader(const std::string& file, const std::string& text)
      : file_(file), tokens_(dot_tokens(file, text)) {}

  DotGraph read() {
    if (peek().is_word("strict")) take();
    if (peek().is_word("graph"))
      fail("a directed graph (digraph), whose edges have a direction", "an undirected one (graph)");
    if (!peek().is_word("digraph")) fail("\"digraph\", with which a directed graph begins");
    take();
    if (peek().kind == DotToken::Kind::id) take();
    read_block(Defaults{}, 0);
    if (peek().kind != DotToken::Kind::end) fail("the end of the file after one graph");
    return std::move(graph_);
  }

 private:
  using Nodes = std::vector<size_t>;
  struct Defaults {
    Texts node, edge;
  };

  const DotToken& peek() const { return tokens_[next_]; }
  const DotToken& take() {
    const DotToken& token = tokens_[next_];
    if (token.kind != DotToken::Kind::end) ++next_;
    return token;
  }
  bool accept(std::string_view symbol) {
    if (!peek().is(symbol)) return false;
    take();
    return true;
  }
  [[noreturn]] void fail(const std::string& expected, const std::string& found) const {
    throw Error(ErrorPlace{file_, peek().line, ""}, expected, found);
  }
  [[noreturn]] void fail(const std::string& expected) const {
    fail(expected,
         peek().kind == DotToken::Kind::end ? "the end of the file" : "\"" + peek().text + "\"");
  }
  std::string take_id(const std::string& expected) {
    if (peek().kind != DotToken::Kind::id) fail(expected);
    return take().text;
  }

  // The nodes that are mentioned in it, each once.
  Nodes read_block(Defaults defaults, int level) {
    if (level > kMostLevels) fail("at most 100 subgraphs within one another", "more");
    if (!accept("{")) fail("{");
    Nodes members;
    while (!accept("}")) {
      if (peek().kind == DotToken::Kind::end) fail("}");
      if (accept(";")) continue;
      for (const size_t node : read_statement(defaults, level)) members.push_back(node);
    }
    std::sort(members.begin(), members.end());
    members.erase(std::unique(members.begin(), members.end()), members.end());
    return members;
  }

  Nodes read_statement(Defaults& defaults, int level) {
    for (const auto& [word, its] : {std::pair<std::string_view, Texts*>{"node", &defaults.node},
                                    {"edge", &defaults.edge},
                                    {"graph", nullptr}}) {
      if (!peek().is_word(word)) continue;
      take();
      Texts ignored;
      read_attributes(its != nullptr ? *its : ignored);
      return {};
    }
    if (peek().kind == DotToken::Kind::id && tokens_[next_ + 1].is("=")) {
      take();
      take();
      take_id("a value");
      return {};
    }
    return read_chain(defaults, level);
  }

  // a -> b -> {c d} [attributes]
  Nodes read_chain(const Defaults& defaults, int level) {
    const int line = peek().line;
    std::vector<Nodes> ends{read_end(defaults, level)};
    if (peek().is("--")) fail("->, for the graph is directed");
    while (accept("->")) ends.push_back(read_end(defaults, level));
    if (ends.size() == 1) {
      if (peek().is("[")) read_attributes_of(ends.front());
      return ends.front();
    }
    Texts its_own = defaults.edge;
    read_attributes(its_own);
    const auto attributes = std::make_shared<const Texts>(std::move(its_own));
    Nodes all;
    for (size_t i = 0; i < ends.size(); ++i) {
      all.insert(all.end(), ends[i].begin(), ends[i].end());
      if (i == 0) continue;
      for (const size_t from : ends[i - 1])
        for (const size_t to : ends[i]) add_edge({from, to, attributes, line});
    }
    return all;
  }

  void add_edge(DotEdge edge) {
    constexpr size_t kMostEdges = 2'000'000;  // {a b} -> {c d} is a product
    if (graph_.edges.size() >= kMostEdges) fail("at most 2000000 edges", "more");
    graph_.edges.push_back(std::move(edge));
  }

  Nodes read_end(const Defaults& defaults, int level) {
    if (peek().is_word("subgraph")) {
      take();
      if (peek().kind == DotToken::Kind::id) take();
      return read_block(defaults, level + 1);
    }
    if (peek().is("{")) return read_block(defaults, level + 1);
    const int line = peek().line;
    const std::string id = take_id("a node, an edge or an attribute");
    for (int port = 0; port < 2 && accept(":"); ++port) take_id("a port");
    const auto [known, is_new] = numbers_.emplace(id, graph_.nodes.size());
    if (is_new) graph_.nodes.push_back({id, defaults.node, {}, line});
    return {known->second};
  }

  void read_attributes_of(const Nodes& nodes) {
    Texts attributes;
    read_attributes(attributes);
    for (const size_t node : nodes)
      for (const auto& [key, value] : attributes) graph_.nodes[node].attributes[key] = value;
  }

  // Those of the next brackets, if there are any, over what is there.
  void read_attributes(Texts& attributes) {
    while (accept("[")) {
      while (!accept("]")) {
        const std::string key = take_id("an attribute, or ]");
        attributes[key] = accept("=") ? take_id("a value") : "true";
        if (!accept(",")) accept(";");
      }
    }
  }

  const std::string& file_;
  std::vector<DotToken> tokens_;
  size_t next_ = 0;
  DotGraph graph_;
  std::map<std::string, size_t> numbers_;
};

}  // namespace

DotGraph read_dot_graph(const std::string& file, const std::string& text) {
  return GraphReader(file, text).read();
}

}  // namespace wukong::own_dags
