import Bytes
import GraphQLHTTP
import HTTP
import Reactor
import Secrets
import TestSupport
import Testing

@Suite struct ExplorerPageTests {
    init() { LoopThread.start() }

    private static let browser =
        "text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8"

    private static let settings: GraphQLEndpointSettings = {
        var settings = GraphQLEndpointSettings()
        settings.explorer = ExplorerPage()
        return settings
    }()

    @EventLoop @Test(arguments: ["", "query=%7Bmood%7D"])
    func `browsers see a page`(form: String) async throws {
        let answer = try await Cinema.get(form, accept: Self.browser, Self.settings)
        #expect(answer.status == 200)
        #expect(answer.type == "text/html; charset=utf-8")
        #expect(answer.response.field("vary") == "Accept")
        #expect(answer.text.hasPrefix("<!doctype html>"))
    }

    @EventLoop @Test(arguments: [nil, "*/*", Answer.json, Answer.graphQL, "text/*, */*"])
    func `others are answered`(accept: String?) async throws {
        let answer = try await Cinema.get("query=%7Bmood%7D", accept: accept, Self.settings)
        #expect(answer.text == #"{"data":{"mood":"CHEERFUL"}}"#)
    }

    @EventLoop @Test(arguments: ["text/html;q=0.5, application/json", "text/html;q=0, */*"])
    func `who likes an answer better gets one`(accept: String) async throws {
        let answer = try await Cinema.get("query=%7Bmood%7D", accept: accept, Self.settings)
        #expect(answer.mediaType == Answer.json)
    }

    @EventLoop @Test func `without the page browsers are answered as others`() async throws {
        let answer = try await Cinema.get("query=%7Bmood%7D", accept: Self.browser)
        #expect(answer.text == #"{"data":{"mood":"CHEERFUL"}}"#)
        #expect(try await Cinema.get("query=%7Bmood%7D", accept: "text/html").status == 406)
    }

    @EventLoop @Test func `a page that is known is not sent again`() async throws {
        let first = try await Cinema.get("", accept: Self.browser, Self.settings)
        let tag = try #require(first.response.field("etag"))
        let again = try await Cinema.answer(
            "GET /graphql HTTP/1.1\nAccept: \(Self.browser)\nIf-None-Match: \(tag)\n\n",
            Self.settings)
        #expect(again.status == 304)
    }

    @EventLoop @Test func `its policy allows its own style and script, and nothing else`()
        async throws
    {
        let answer = try await Cinema.get("", accept: Self.browser, Self.settings)
        let policy = try #require(answer.response.field("content-security-policy"))
        #expect(
            policy.hasPrefix("default-src 'none'; connect-src 'self'; img-src data:; style-src"))
        #expect(!policy.contains("unsafe"))
        for element in ["style", "script"] {
            let text = try #require(
                answer.text.split(separator: "<\(element)>", maxSplits: 1).last?
                    .split(separator: "</\(element)>", maxSplits: 1).first)
            let hash = SHA256Digest(of: Array(text.utf8)).bytes.base64
            #expect(policy.contains("\(element)-src 'sha256-\(hash)'"))
            #expect(answer.text.ranges(of: "<\(element)>").count == 1)
        }
    }

    @EventLoop @Test func `it loads nothing from elsewhere`() async throws {
        let page = try await Cinema.get("", accept: Self.browser, Self.settings).text
        #expect(!page.contains("http://") && !page.contains("https://"))
        #expect(!page.contains(" style=") && !page.contains("innerHTML"))
    }
}
