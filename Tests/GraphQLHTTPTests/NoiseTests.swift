import GraphQLExecution
import HTTP
import JSON
import Reactor
import TestSupport
import Testing

/// Whatever is asked, the answer is a GraphQL response.
@Suite struct NoiseTests {
    init() { LoopThread.start() }

    private static let body =
        #"{"query":"query A($y:Int){film(year:$y){title}}","variables":{"y":7},"#
        + #""operationName":"A","extensions":{"cost":true}}"#
    private static let form =
        "query=query+A($y:Int)%7Bfilm(year:$y)%7Btitle%7D%7D&variables=%7B%22y%22:7%7D"
        + "&operationName=A"

    @EventLoop @Test(arguments: 0..<4)
    func `bodies with wrong bytes`(seed: UInt64) async throws {
        var noise = Noise(seed: seed)
        for _ in 0..<200 {
            try Self.check(try await Cinema.post(noise.spoilt(Self.body, with: 0x20...0x7E)))
        }
    }

    @EventLoop @Test(arguments: 0..<4)
    func `forms with wrong bytes`(seed: UInt64) async throws {
        var noise = Noise(seed: seed)
        for _ in 0..<200 {
            let form = noise.spoilt(Self.form, with: 0x26...0x3D)
            do {
                try Self.check(try await Cinema.get(form, accept: Answer.graphQL))
            } catch let fault as RequestFault {
                // Not even a target: the parser refuses a broken percent escape.
                #expect(fault.status == .badRequest)
            }
        }
    }

    @EventLoop private static func check(_ answer: Answer) throws {
        let response = try #require(answer.body, "\(answer.text)")
        let isExecuted = answer.data != nil
        #expect(isExecuted || !answer.errors.isEmpty)
        #expect(answer.status == 200 || 400..<500 ~= answer.status)
        let known: Set = ["data", "errors", "extensions"]
        #expect(response.members.allSatisfy { known.contains($0.key.stringValue ?? "") })
    }
}

/// The same changes for the same seed.
private struct Noise {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

    private mutating func next(below limit: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((state >> 33) % UInt64(limit))
    }

    /// `text` with one to three bytes replaced, taken out or cut behind.
    mutating func spoilt(_ text: String, with bytes: ClosedRange<UInt8>) -> String {
        var spoilt = Array(text.utf8)
        for _ in 0...next(below: 3) {
            let place = next(below: spoilt.count)
            switch next(below: 4) {
            case 0: spoilt.remove(at: place)
            case 1: spoilt.removeLast(next(below: spoilt.count))
            default: spoilt[place] = bytes.lowerBound + UInt8(next(below: bytes.count))
            }
        }
        return String(decoding: spoilt, as: UTF8.self)
    }
}
