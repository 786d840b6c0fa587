package org.pinhole.connector.transport;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ContactBookTest {
    private final ContactBook book = new ContactBook();

    @Test
    void theSameUriHasTheSameNumber() {
        int alice = book.numberOf("sip:alice@192.0.2.9", ContactBook.CAPACITY);
        int bob = book.numberOf("sip:bob@192.0.2.9", ContactBook.CAPACITY);

        assertThat(book.numberOf("sip:alice@192.0.2.9", ContactBook.CAPACITY))
                .isEqualTo(alice)
                .isNotEqualTo(bob);
        assertThat(book.find(alice)).isEqualTo("sip:alice@192.0.2.9");
    }

    @Test
    void aPhoneThatInventsContactsLosesItsOldestAndCostsNoMoreMemory() {
        int first = book.numberOf("sip:first@192.0.2.9", ContactBook.CAPACITY);
        int kept = book.numberOf("sip:kept@192.0.2.9", ContactBook.CAPACITY);
        for (int i = 0; i < ContactBook.CAPACITY - 1; i++) {
            assertThat(book.find(kept)).isNotNull();
            book.numberOf("sip:" + i + "@192.0.2.9", ContactBook.CAPACITY);
        }

        assertThat(book.find(first)).isNull();
        assertThat(book.find(kept)).isEqualTo("sip:kept@192.0.2.9");
    }

    /** Calls come for it, with whatever Contacts the phone has used in others. */
    @Test
    void whatIsRegisteredStaysHoweverManyContactsThePhoneUsesMeanwhile() {
        int registered = book.numberOf("sip:alice@192.0.2.9", ContactBook.CAPACITY);
        book.bound("sip:alice@192.0.2.9");
        book.bound("sip:nobody@192.0.2.9");

        for (int i = 0; i < 10 * ContactBook.CAPACITY; i++) {
            book.numberOf("sip:" + i + "@192.0.2.9", ContactBook.CAPACITY);
        }

        assertThat(book.find(registered)).isEqualTo("sip:alice@192.0.2.9");
    }

    @Test
    void whoRegistersMoreThanAnyoneMayCostsNoMoreMemory() {
        int first = 0;
        for (int i = 0; i < 10 * ContactBook.CAPACITY; i++) {
            int number = book.numberOf("sip:" + i + "@192.0.2.9", ContactBook.CAPACITY);
            book.bound("sip:" + i + "@192.0.2.9");
            first = i == 0 ? number : first;
        }

        assertThat(book.find(first)).isNull();
    }

    @Test
    void ofTheRegisteredOnesTheLast32Stay() {
        int[] numbers = new int[33];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = book.numberOf("sip:bound" + i + "@192.0.2.9", ContactBook.CAPACITY);
            book.bound("sip:bound" + i + "@192.0.2.9");
        }
        for (int i = 0; i < 2 * ContactBook.CAPACITY; i++) {
            book.numberOf("sip:" + i + "@192.0.2.9", ContactBook.CAPACITY);
        }

        assertThat(book.find(numbers[0])).isNull();
        assertThat(book.find(numbers[1])).isEqualTo("sip:bound1@192.0.2.9");
        assertThat(book.find(numbers[32])).isEqualTo("sip:bound32@192.0.2.9");
    }
}
