import Bytes
import Reactor
import TestSupport

@testable import GraphQLTool

/// What the requests are answered with, line by line, when they come cut into `pieceBytes`.
func answers(
    to requests: [UInt8], pieceBytes: Int = .max, limits: ConversationLimits = .init()
) async -> [String] {
    LoopThread.start()
    let answers = await answerBytes(to: requests, pieceBytes: pieceBytes, limits: limits)
    return String(decoding: answers, as: UTF8.self)
        .split(separator: "\n", omittingEmptySubsequences: false).dropLast().map { String($0) }
}

func answers(to requests: String, limits: ConversationLimits = .init()) async -> [String] {
    await answers(to: Array(requests.utf8), limits: limits)
}

@EventLoop private func answerBytes(
    to requests: [UInt8], pieceBytes: Int, limits: ConversationLimits
) -> [UInt8] {
    var conversation = Conversation(limits: limits)
    var answers: [UInt8] = []
    var rest = requests[...]
    while !rest.isEmpty {
        var piece = rest.prefix(pieceBytes)
        rest = rest.dropFirst(pieceBytes)
        while !piece.isEmpty {
            conversation.answerLines(of: &piece)
            answers += conversation.takeAnswers()
        }
    }
    conversation.finish()
    return answers + conversation.takeAnswers()
}
