package io.homeostat.rules;

/// A place in a rule file, both from 1; 0 where only the line, or only the file, is known.
record Place(int line, int column) {
    static final Place WHOLE_FILE = new Place(0, 0);

    /// The place of a character of the text.
    static Place of(String text, int offset) {
        int line = 1;
        int begin = 0;
        for (int next = text.indexOf('\n');
                next >= 0 && next < offset;
                next = text.indexOf('\n', begin)) {
            line++;
            begin = next + 1;
        }
        return new Place(line, offset - begin + 1);
    }
}
