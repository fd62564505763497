package dev.meridian.table.partiql;

import com.amazon.ion.system.IonSystemBuilder;
import dev.meridian.table.expression.InvalidExpressionException;
import dev.meridian.table.value.AttributeValue;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.partiql.lang.domains.PartiqlAst;
import org.partiql.lang.syntax.SqlParser;
import org.partiql.lang.syntax.SyntaxException;

/**
 * Reads statements with the grammar of the PartiQL library. Parsed statements are remembered by their text, so a client that
 * gives its values as parameters is parsed once. Thread-safe.
 */
public final class StatementParser {

    private static final String NOT_WELL_FORMED = "Statement wasn't well formed, can't be processed: ";
    private static final int REMEMBERED_MAX = 500;
    private static final int REMEMBERED_CHARACTERS_MAX = 1_000;
    private static final SqlParser GRAMMAR =
            new SqlParser(IonSystemBuilder.standard().build());
    private static final Map<String, PartiqlAst.Statement> PARSED = new ConcurrentHashMap<>();

    private StatementParser() {}

    /**
     * The statement, with its parameters replaced by these values.
     *
     * @throws InvalidExpressionException with the service's text
     */
    public static Statement parse(String text, List<AttributeValue> parameters) {
        return new StatementTranslator(parameters).statement(tree(text));
    }

    private static PartiqlAst.Statement tree(String text) {
        PartiqlAst.Statement known = PARSED.get(text);
        if (known != null) {
            return known;
        }
        PartiqlAst.Statement fresh = parsed(text);
        if (text.length() <= REMEMBERED_CHARACTERS_MAX) {
            if (PARSED.size() >= REMEMBERED_MAX) {
                PARSED.clear();
            }
            PARSED.put(text, fresh);
        }
        return fresh;
    }

    /** The service passes on what the library says of a wrong token, and nothing where the characters make no token. */
    private static PartiqlAst.Statement parsed(String text) {
        try {
            return GRAMMAR.parseAstStatement(text);
        } catch (SyntaxException wrong) {
            throw new InvalidExpressionException(NOT_WELL_FORMED + wrong.getMessage());
        } catch (RuntimeException | StackOverflowError faulty) {
            // The library has no nodes for some of what it reads, an assignment within an assignment for one; and it
            // descends once for every bracket, of which the length of a statement lets four thousand through.
            throw new InvalidExpressionException(NOT_WELL_FORMED);
        }
    }
}
