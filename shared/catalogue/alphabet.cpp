#include "shared/catalogue/alphabet.h"

#include <algorithm>
#include <array>
#include <vector>

#include "shared/catalogue/characters.h"

namespace tongban::catalogue {
namespace {

// Format 1, frozen: characters by their frequency in the catalogue of 2026-11, then in the project's words. A
// catalogue with other characters is only longer. A change here is a new format.
constexpr std::string_view frequent =
    "人件证原社务保镇街身受份市道理档来年本办托委区或中残居费印案心服–事约明民户、（）免申复？卡"
    "；工，路请局住医业有疾的一联口新号场个沪籍上书不→记谁定员公《》别日老周会生签养护〔〕核打助"
    "查金子审是海岁领登监安表到地家桥外失补就退收簿行作发结障及城休盖章未现代吗法以馆属村国在自参"
    "名女效满单料系缴字文出合信加政材病入困条泾育询伤机用息江浦贴险分成乡低力华续院手权电变期活于"
    "当目重关动南已待月职全录知专内房持须例卫遇银下学山情更疗税管至致送和大没窗销长了告婚授检神精"
    "阳备推无智等索认钟门亡亮况庭支被账亲回港种计取哪按接东产供宝报离：互光劳因死灵照符高且健化址"
    "实提林西载难三为二五共准总批资通位前基存标独省经需儿凭后对小建承样永注码级交亭付元均帮性放次"
    "诊遗青享停农平康形白荣非假兴划北可同园姻折方每留租算评配里他其天寸川时母湾父石童虹规诺财起迁"
    "近久么什度律换状由类转丧制历台四并延式张所执据构止河流渡漕澳特读踪车间励双境奖宣底庙徐急扣抚"
    "改曹杨款汇淞角部鉴面龄万临体便册初半嘉坏奉封意择损救求着票积第给置节调象限陪项验“”九从具再"
    "冠协史型塘墨密干庄异彩恢技挂故敬整暂术校格津稳统综落贫边镜零餐马≤与丢京优传借偶凉刑古含吴团"
    "垫头宁完巷布广开彭愿找指朱松枫梅毕沙泉湖版真移练终网罗花负赁超陆除页主估军司向土征惠援星看确"
    "纳美肢能解设说跨达过选释预’七之令佘余修减友吉夏夫妻孩富将少屋岗己府恤扫描撤教最模正殊毒治济"
    "浜浮涉清滩然男直示程站线继缘般莘葬议谊赡进连造际额首龙世丰乘予云仙任伍依先冈凌创午即叶吕唐嘴"
    "围固坊堡堰墩声多如姓宜寺寿岳庆床店廉廊役径戒扶押控数斜断昆曲木柘桃榭横欧歇殷汾沿泖泗泥泽洋洞"
    "淮潍瑞甘田疆盈盲相祝祥福竖篮绿羁翔翻航芷苏英范荡蔡要视订训译豫赔赵钢锦陇陈霞静顾颛风香鹤㎡企"
    "侨倍像八六兵函则刚去右听启商处套妇孤害左币常库引影才把拘旅族春曾析椅楼水消游激灭点热环破碍策"
    "红细者药菊薪言话语贤货距轮输透邮都量锁附随雄集≥两义买亦仅介伊促偏做偿储充兰写利刷副功包另吃"
    "各咨售器堂填始娩婴官寄察导尿层峡崇帐应弃往忘慢抗拉排搬敏施旗旦旧易普暨朝植步段毁溪潮火煤片甲"
    "疫症瘤皋瞿矫短科称筑组织绩聘肾肿胎胞芦营蓝藏融装观誉警论试购贸赠足辅辞辨返远适逐郊钱错键闵阴"
    "隔食骗骨思图怎。我想何掉词们只呢孕带弄怀空编见问陀黄这您拍维催反块好容朗络遍几删室席拿比源演"
    "稿粮糊草败也而得十物使它还些那你又但质气命此很立题党展果革品较她根运强决必战队色百压志增争阶"
    "油极采切速走斗米今温许群研界叫究越音众深矿千素列习响感酸克太值率候毛快斯眼王派却厂识圆县该铁"
    "价严";

// Octets 1–31 without 10, and 127–255 (159 of them) are free of ASCII text: 154 stand for one character each,
// four lead into the rest of the table, the last one begins a character written out in UTF-8.
constexpr std::size_t single_count = 154;
constexpr std::size_t lead_count = 4;

constexpr char32_t han_first = 0x4e00, han_end = 0xa000;

struct Alphabet {
  std::array<std::uint8_t, 159> octets{};                      // the free octets in order
  std::array<std::uint16_t, 256> place{};                      // octet → place in `octets`, 0xffff: ASCII
  std::vector<char32_t> characters;                            // by rank
  std::vector<std::uint16_t> han_ranks;                        // U+4E00… → rank + 1, 0: none
  std::vector<std::pair<char32_t, std::uint16_t>> other_ranks;  // punctuation and the like, sorted

  Alphabet() : han_ranks(han_end - han_first) {
    place.fill(0xffff);
    std::uint16_t count = 0;
    for (unsigned octet = 1; octet < 256; ++octet) {
      if ((octet >= 32 && octet < 127) || octet == 10) continue;
      place[octet] = count;
      octets[count++] = static_cast<std::uint8_t>(octet);
    }
    for (char32_t c : decode_utf8(frequent)) {
      const auto rank = static_cast<std::uint16_t>(characters.size());
      if (c >= han_first && c < han_end) han_ranks[c - han_first] = static_cast<std::uint16_t>(rank + 1);
      else other_ranks.emplace_back(c, rank);
      characters.push_back(c);
    }
    std::sort(other_ranks.begin(), other_ranks.end());
  }

  int rank(char32_t c) const {
    if (c >= han_first && c < han_end) return han_ranks[c - han_first] - 1;
    const auto at = std::lower_bound(other_ranks.begin(), other_ranks.end(), std::pair<char32_t, std::uint16_t>(c, 0));
    return at != other_ranks.end() && at->first == c ? at->second : -1;
  }
};

const Alphabet& alphabet() {
  static const Alphabet one;
  return one;
}

}  // namespace

void append_text(Bytes& out, std::string_view utf8) {
  const Alphabet& a = alphabet();
  while (!utf8.empty()) {
    char32_t c = 0;
    std::size_t size = decode_one(utf8, c);
    if (size == 0) c = 0xfffd, size = 1;
    utf8.remove_prefix(size);
    if (c == 10 || (c >= 32 && c < 127)) {
      out.push_back(static_cast<std::uint8_t>(c));
      continue;
    }
    const int rank = a.rank(c);
    if (rank < 0) {
      out.push_back(a.octets[single_count + lead_count]);
      std::string written;
      append_utf8(written, c);
      out.insert(out.end(), written.begin(), written.end());
    } else if (static_cast<std::size_t>(rank) < single_count) {
      out.push_back(a.octets[static_cast<std::size_t>(rank)]);
    } else {
      const std::size_t rest = static_cast<std::size_t>(rank) - single_count;
      out.push_back(a.octets[single_count + rest / 256]);
      out.push_back(static_cast<std::uint8_t>(rest % 256));
    }
  }
  out.push_back(0);
}

bool read_text(ByteView& in, std::string& utf8) {
  const Alphabet& a = alphabet();
  std::size_t at = 0;
  while (at < in.size()) {
    const std::uint8_t octet = in[at++];
    if (octet == 0) {
      in = in.subspan(at);
      return true;
    }
    const std::size_t place = a.place[octet];
    if (place == 0xffff) {
      utf8.push_back(static_cast<char>(octet));
    } else if (place < single_count) {
      append_utf8(utf8, a.characters[place]);
    } else if (place < single_count + lead_count) {
      if (at >= in.size()) return false;
      const std::size_t rank = single_count + (place - single_count) * 256 + in[at++];
      if (rank >= a.characters.size()) return false;
      append_utf8(utf8, a.characters[rank]);
    } else {
      char32_t c = 0;
      const std::size_t size = decode_one(as_text(in.subspan(at)), c);
      if (size == 0 || c < 127 || a.rank(c) >= 0) return false;
      utf8.append(as_text(in.subspan(at, size)));
      at += size;
    }
  }
  return false;
}

}  // namespace tongban::catalogue
