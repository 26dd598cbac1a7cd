import Bytes

@testable import GraphQLTool

/// What the requests are answered with, line by line, when they come cut into `pieceBytes`.
func answers(
    to requests: [UInt8], pieceBytes: Int = .max, limits: ConversationLimits = .init()
) -> [String] {
    var conversation = Conversation(limits: limits)
    requests.withUnsafeBytes { requests in
        var rest = requests[...]
        while !rest.isEmpty {
            var piece = rest.prefix(pieceBytes)
            rest = rest.dropFirst(pieceBytes)
            while conversation.answerLine(of: &piece) {}
        }
    }
    conversation.finish()
    let text = String(decoding: conversation.answers.array(), as: UTF8.self)
    return text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        .map { String($0) }
}

func answers(to requests: String, limits: ConversationLimits = .init()) -> [String] {
    answers(to: Array(requests.utf8), limits: limits)
}
